/** What the answers already given, taken together, would let someone solve; and the memory of those answers. */
@NullMarked
package org.datareturn.guard.audit;

import org.jspecify.annotations.NullMarked;
