/**
 * Exact noise: discrete Laplace and discrete Gaussian draws on whole numbers, by integer arithmetic only and in a time
 * that does not depend on what was drawn. Where the random bits come from is a {@link RandomStream}.
 */
@NullMarked
package org.datareturn.guard.noise;

import org.jspecify.annotations.NullMarked;
