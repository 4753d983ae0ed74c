/** Tests of the synthetic province. */
@NullMarked
package org.datareturn.sandbox.province;

import org.jspecify.annotations.NullMarked;
