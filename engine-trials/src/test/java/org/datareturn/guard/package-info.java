/** A real Trino server, held to the answers of the embedded engine. */
@NullMarked
package org.datareturn.guard;

import org.jspecify.annotations.NullMarked;
