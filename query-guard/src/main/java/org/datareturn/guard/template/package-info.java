/** Query templates: SQL with typed, range-limited parameters, and what can be said of one before it is used. */
@NullMarked
package org.datareturn.guard.template;

import org.jspecify.annotations.NullMarked;
