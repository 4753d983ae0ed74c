/** The register of organisations and operators in the control database. */
@NullMarked
package org.datareturn.sandbox.identity.jdbc;

import org.jspecify.annotations.NullMarked;
