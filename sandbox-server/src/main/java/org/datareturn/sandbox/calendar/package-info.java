/** Working days as announced: deadlines of reviews count them (SD-O 14). */
@NullMarked
package org.datareturn.sandbox.calendar;

import org.jspecify.annotations.NullMarked;
