@NullMarked
package org.datareturn.guard.budget;

import org.jspecify.annotations.NullMarked;
