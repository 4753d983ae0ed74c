/** Keyed tokens in place of persons: the only room that touches a key, and the only one that imports Tink. */
@NullMarked
package org.datareturn.verifier.tokens;

import org.jspecify.annotations.NullMarked;
