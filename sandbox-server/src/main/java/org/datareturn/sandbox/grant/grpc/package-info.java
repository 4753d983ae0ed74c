/** The room {@code grant} over gRPC. */
@NullMarked
package org.datareturn.sandbox.grant.grpc;

import org.jspecify.annotations.NullMarked;
