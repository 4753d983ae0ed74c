/** Tests of the zone's road from SQL to answer. */
@NullMarked
package org.datareturn.guard.engine.duckdb;

import org.jspecify.annotations.NullMarked;
