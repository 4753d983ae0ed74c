/**
 * A data zone's files at rest: encrypted, bound to the zone, table and edition they belong to, and replaced one whole
 * edition at a time. Plain rows exist only in the stream {@link org.datareturn.sandbox.zone.store.ZoneFileStore#open}
 * hands to an engine that keeps them in memory; the folder alone reveals nothing (SD-3 §7, encrypted storage).
 */
@NullMarked
package org.datareturn.sandbox.zone.store;

import org.jspecify.annotations.NullMarked;
