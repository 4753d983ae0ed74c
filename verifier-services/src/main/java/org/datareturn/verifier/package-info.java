/** Checks that answer yes or no: a {@link org.datareturn.verifier.Verifier} takes an authorised call and mints the
 * answer; nothing a registry holds ever leaves through it. */
@NullMarked
package org.datareturn.verifier;

import org.jspecify.annotations.NullMarked;
