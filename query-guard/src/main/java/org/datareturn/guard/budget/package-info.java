/** What differentially private answers cost, and who has how much left: accounting of privacy loss. */
@NullMarked
package org.datareturn.guard.budget;

import org.jspecify.annotations.NullMarked;
