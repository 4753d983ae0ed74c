/** Questions that arrive at once are worked on together. */
@NullMarked
package org.datareturn.verifier.together;

import org.jspecify.annotations.NullMarked;
