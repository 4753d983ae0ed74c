/** The command line: nouns then verbs, exit 0 when done, 1 when refused or failed, 2 for wrong use. */
@NullMarked
package org.datareturn.sandbox.cli;

import org.jspecify.annotations.NullMarked;
