/** The module's one catalogue of reason codes, apart from the rest so that every other package may use it. */
@NullMarked
package org.datareturn.verifier.reason;

import org.jspecify.annotations.NullMarked;
