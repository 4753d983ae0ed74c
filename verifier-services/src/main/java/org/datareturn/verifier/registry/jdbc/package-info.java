/** Sources of registries that are reached through JDBC: tables and queries of a database, and Parquet files. */
@NullMarked
package org.datareturn.verifier.registry.jdbc;

import org.jspecify.annotations.NullMarked;
