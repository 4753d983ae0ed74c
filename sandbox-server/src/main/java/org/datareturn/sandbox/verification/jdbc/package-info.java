/** The memory against probing in the control database, shared by every server of a node. */
@NullMarked
package org.datareturn.sandbox.verification.jdbc;

import org.jspecify.annotations.NullMarked;
