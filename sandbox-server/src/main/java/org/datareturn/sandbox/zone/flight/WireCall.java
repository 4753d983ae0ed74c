package org.datareturn.sandbox.zone.flight;

import io.grpc.Context;

/**
 * One call as the edge saw it, carried in the gRPC context.
 *
 * @param who the credentials
 * @param statement the session the call headers state
 */
record WireCall(WireCredentials who, SessionStatement statement) {
    private static final Context.Key<WireCall> KEY = Context.key("datareturn-wire-call");

    /** A session as stated by headers. */
    sealed interface SessionStatement {
        /** Everything is there. */
        record Stated(ZoneSession session) implements SessionStatement {}

        /** Something is missing or ambiguous. */
        record Unusable(FlightReason reason, String parameter, String bound) implements SessionStatement {}
    }

    /** The context of a call, with this in it. */
    Context in(Context context) {
        return context.withValue(KEY, this);
    }

    /** The call running on this thread. Throws when the edge captured none: nothing is served past it. */
    static WireCall current() {
        WireCall call = KEY.get();
        if (call == null) {
            throw new IllegalStateException("a call reached the endpoint past its edge");
        }
        return call;
    }

    /** The stated session, or the refusal that names what is wrong with it. */
    ZoneSession session() {
        return switch (statement) {
            case SessionStatement.Stated stated -> stated.session();
            case SessionStatement.Unusable unusable ->
                throw RefusalStatus.of(unusable.reason(), unusable.parameter(), unusable.bound());
        };
    }
}
