/** Batches of verifications: chunks of rows on the road, and what was answered remembered, so that nothing counts twice. */
@NullMarked
package org.datareturn.sandbox.verification.batch;

import org.jspecify.annotations.NullMarked;
