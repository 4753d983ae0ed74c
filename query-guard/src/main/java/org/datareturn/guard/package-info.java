/**
 * A data zone that answers aggregates only. The road of one query is a chain of proofs: an authorised call becomes a
 * guarded query at the guard, that a raw result at the engine, and that a released table at disclosure control.
 * {@link org.datareturn.guard.DataZone} is the door.
 */
@NullMarked
package org.datareturn.guard;

import org.jspecify.annotations.NullMarked;
