/** What a data zone holds and how well it is protected: the strict reading of its YAML declaration into immutable records. */
@NullMarked
package org.datareturn.guard.declaration;

import org.jspecify.annotations.NullMarked;
