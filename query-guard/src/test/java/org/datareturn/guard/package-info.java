/** Tests of the zone's road from SQL to answer. */
@NullMarked
package org.datareturn.guard;

import org.jspecify.annotations.NullMarked;
