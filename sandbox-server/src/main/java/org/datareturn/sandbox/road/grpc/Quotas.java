package org.datareturn.sandbox.road.grpc;

import org.datareturn.proto.v1.QuotaLeft;

/** What a call left of its caller's quotas, on the wire. */
public final class Quotas {
    private Quotas() {}

    /** The message. */
    public static QuotaLeft left(org.datareturn.verifier.probing.QuotaLeft left) {
        return QuotaLeft.newBuilder()
                .setGrantCalls(left.grantCalls())
                .setOperatorCalls(left.operatorCalls())
                .build();
    }
}
