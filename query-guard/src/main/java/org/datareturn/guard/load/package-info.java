/** Typed, checked reading of a zone's tables from CSV streams, and the identity of rows across editions. */
@NullMarked
package org.datareturn.guard.load;

import org.jspecify.annotations.NullMarked;
