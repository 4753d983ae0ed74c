/** Registries in PostgreSQL, where several nodes read one: editions are tables, and which one answers is one row. */
@NullMarked
package org.datareturn.verifier.registry.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
