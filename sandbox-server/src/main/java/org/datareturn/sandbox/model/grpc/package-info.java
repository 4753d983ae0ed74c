/** Models on the wire. */
@NullMarked
package org.datareturn.sandbox.model.grpc;

import org.jspecify.annotations.NullMarked;
