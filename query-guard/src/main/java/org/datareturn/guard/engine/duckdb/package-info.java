/** The embedded engine: an in-memory DuckDB that is loaded once and then locked. */
@NullMarked
package org.datareturn.guard.engine.duckdb;

import org.jspecify.annotations.NullMarked;
