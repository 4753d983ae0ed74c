/** Where zones' data may lie, as an operator says it. */
@NullMarked
package org.datareturn.guard.engine;

import org.jspecify.annotations.NullMarked;
