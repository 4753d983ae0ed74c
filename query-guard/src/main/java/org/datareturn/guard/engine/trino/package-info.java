/** A zone's tables in a catalogue of a Trino cluster: inserted by the guard, asked through Trino's own client protocol. */
@NullMarked
package org.datareturn.guard.engine.trino;

import org.jspecify.annotations.NullMarked;
