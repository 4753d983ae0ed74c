/** Registered models in the control database. */
@NullMarked
package org.datareturn.sandbox.model.jdbc;

import org.jspecify.annotations.NullMarked;
