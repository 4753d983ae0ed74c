/** The room {@code zone} over gRPC. */
@NullMarked
package org.datareturn.sandbox.zone.grpc;

import org.jspecify.annotations.NullMarked;
