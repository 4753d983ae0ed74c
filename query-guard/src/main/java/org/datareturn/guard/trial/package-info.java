/** A zone's author trying a declaration on local files: the whole road, without a server. */
@NullMarked
package org.datareturn.guard.trial;

import org.jspecify.annotations.NullMarked;
