/** One node: its options, and the room where all its parts are put together, by hand and in one place. */
@NullMarked
package org.datareturn.sandbox.node;

import org.jspecify.annotations.NullMarked;
