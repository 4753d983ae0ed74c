/** The room {@code application} over gRPC. */
@NullMarked
package org.datareturn.sandbox.application.grpc;

import org.jspecify.annotations.NullMarked;
