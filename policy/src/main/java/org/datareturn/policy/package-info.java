/**
 * Who may ask what, and in which form: the vocabulary every other module speaks. A {@link
 * org.datareturn.policy.PolicyInput} goes in, a {@link org.datareturn.policy.Decision} comes out, and only
 * {@link org.datareturn.policy.Authoriser} can turn an allowing decision into an
 * {@link org.datareturn.policy.AuthorisedCall}, without which nothing behind it can be called.
 */
@NullMarked
package org.datareturn.policy;

import org.jspecify.annotations.NullMarked;
