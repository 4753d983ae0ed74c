/** The log's checkpoint and tiles over HTTP. */
@NullMarked
package org.datareturn.sandbox.ledger.http;

import org.jspecify.annotations.NullMarked;
