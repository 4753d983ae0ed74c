/** How the road meets gRPC: credentials from the wire, recorded outcomes to replies and statuses. */
@NullMarked
package org.datareturn.sandbox.road.grpc;

import org.jspecify.annotations.NullMarked;
