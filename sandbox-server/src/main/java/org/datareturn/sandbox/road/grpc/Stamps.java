package org.datareturn.sandbox.road.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.Optional;
import org.datareturn.verifier.probing.RequestStamp;

/** What makes a request good for once, on the wire. */
public final class Stamps {
    private Stamps() {}

    /** What the wire says; empty when the nonce is none or there is no time. */
    public static Optional<RequestStamp> of(String nonce, boolean timed, Timestamp sentAt) {
        return timed && Timestamps.isValid(sentAt)
                ? RequestStamp.of(nonce, Instant.ofEpochSecond(sentAt.getSeconds(), sentAt.getNanos()))
                : Optional.empty();
    }
}
