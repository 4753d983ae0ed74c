/** From what people type to what can be compared: names and numbers as value types that only parsing can make. */
@NullMarked
package org.datareturn.verifier.normalise;

import org.jspecify.annotations.NullMarked;
