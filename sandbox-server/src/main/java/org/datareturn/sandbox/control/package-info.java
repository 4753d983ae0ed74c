/** What the rooms of control data (identity, application, grant, catalogue) share: how a store that cannot answer is told. */
@NullMarked
package org.datareturn.sandbox.control;

import org.jspecify.annotations.NullMarked;
