/**
 * The private check (隐私核验), the service's side: an agency learns yes or no for the items it holds, the service learns
 * how many they are. Built on {@link org.datareturn.verifier.oprf}; what each side learns is written in
 * {@code docs/private-check.md}.
 */
@NullMarked
package org.datareturn.verifier.privatecheck;

import org.jspecify.annotations.NullMarked;
