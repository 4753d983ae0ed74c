/** The room {@code ledger} over gRPC. */
@NullMarked
package org.datareturn.sandbox.ledger.grpc;

import org.jspecify.annotations.NullMarked;
