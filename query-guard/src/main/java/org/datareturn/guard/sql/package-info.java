/** From a caller's SQL text to the guard's own algebra; the one room in which the SQL parser and its plan live. */
@NullMarked
package org.datareturn.guard.sql;

import org.jspecify.annotations.NullMarked;
