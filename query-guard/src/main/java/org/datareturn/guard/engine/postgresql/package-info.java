/** A zone's tables in a PostgreSQL database: copied in by the guard, asked on read-only connections. */
@NullMarked
package org.datareturn.guard.engine.postgresql;

import org.jspecify.annotations.NullMarked;
