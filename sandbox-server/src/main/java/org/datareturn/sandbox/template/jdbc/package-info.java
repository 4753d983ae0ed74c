/** Query templates in the control database. */
@NullMarked
package org.datareturn.sandbox.template.jdbc;

import org.jspecify.annotations.NullMarked;
