/** The command line as a client: the same generated stubs and stock drivers that agencies and analysts use. */
@NullMarked
package org.datareturn.sandbox.cli.client;

import org.jspecify.annotations.NullMarked;
