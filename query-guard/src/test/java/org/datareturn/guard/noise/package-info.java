@NullMarked
package org.datareturn.guard.noise;

import org.jspecify.annotations.NullMarked;
