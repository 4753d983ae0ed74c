/**
 * Marks on released tables: every numeric cell is moved by a keyed amount within the tolerance its column states, so
 * that a leaked copy, cut, reordered, altered or rounded, names the recipient it was made for, with a proven bound on
 * accusing the wrong one.
 */
@NullMarked
package org.datareturn.sandbox.watermark;

import org.jspecify.annotations.NullMarked;
