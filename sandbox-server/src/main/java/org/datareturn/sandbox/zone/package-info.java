/** Data zones (数据专区) on the road: guarded, released, watermarked, recorded. */
@NullMarked
package org.datareturn.sandbox.zone;

import org.jspecify.annotations.NullMarked;
