/** Checking lists from the command line, as an agency's own client would: over the published contract only. */
@NullMarked
package org.datareturn.sandbox.cli.check;

import org.jspecify.annotations.NullMarked;
