/** An author's trial of a product on local files: the whole verifier and its limits, without a server. */
@NullMarked
package org.datareturn.verifier.trial;

import org.jspecify.annotations.NullMarked;
