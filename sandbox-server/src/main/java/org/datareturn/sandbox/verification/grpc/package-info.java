/** Verification over gRPC. */
@NullMarked
package org.datareturn.sandbox.verification.grpc;

import org.jspecify.annotations.NullMarked;
