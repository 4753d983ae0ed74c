/** Query templates on the wire. */
@NullMarked
package org.datareturn.sandbox.template.grpc;

import org.jspecify.annotations.NullMarked;
