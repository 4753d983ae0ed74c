/** Verification (核验) on the road: a product's question in, a yes or no with its receipt out. */
@NullMarked
package org.datareturn.sandbox.verification;

import org.jspecify.annotations.NullMarked;
