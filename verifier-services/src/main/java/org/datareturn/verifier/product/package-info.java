/** Verification products as declarations: what a product asks, which registry answers it and how much it may tell. */
@NullMarked
package org.datareturn.verifier.product;

import org.jspecify.annotations.NullMarked;
