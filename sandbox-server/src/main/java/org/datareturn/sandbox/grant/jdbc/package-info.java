/** Grants in the control database. */
@NullMarked
package org.datareturn.sandbox.grant.jdbc;

import org.jspecify.annotations.NullMarked;
