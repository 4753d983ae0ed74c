/** What an engine must be able to do, and the embedded engine that does it. */
@NullMarked
package org.datareturn.guard.engine;

import org.jspecify.annotations.NullMarked;
