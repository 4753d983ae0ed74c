/** Plain SQL on a {@link javax.sql.DataSource}, the same for H2 and PostgreSQL, with transactions said out loud. */
@NullMarked
package org.datareturn.sandbox.control.jdbc;

import org.jspecify.annotations.NullMarked;
