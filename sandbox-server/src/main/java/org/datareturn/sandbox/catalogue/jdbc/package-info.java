/** The resource catalogue in the control database. */
@NullMarked
package org.datareturn.sandbox.catalogue.jdbc;

import org.jspecify.annotations.NullMarked;
