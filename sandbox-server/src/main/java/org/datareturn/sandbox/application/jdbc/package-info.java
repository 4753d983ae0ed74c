/** Applications in the control database. */
@NullMarked
package org.datareturn.sandbox.application.jdbc;

import org.jspecify.annotations.NullMarked;
