package org.datareturn.sandbox.zone.flight;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;

/**
 * Refusals as gRPC statuses. SQL tools show the description and nothing else, so all of it stands there: code, both
 * languages, trace id and receipt.
 */
final class RefusalStatus {
    /**
     * Longest a message in one language may be once gRPC has percent-encoded it into a header. Stock clients take headers of 8 KiB in
     * all; a longer description would reach them as a broken stream.
     */
    private static final int MESSAGE_BYTES = 2_400;

    private static final int IDENTIFIER_BYTES = 300;

    private RefusalStatus() {}

    /** A refusal of the endpoint's own. */
    static StatusRuntimeException of(FlightReason reason, String... arguments) {
        Refusal refusal = Refusal.of(reason, arguments);
        return reason.status()
                .toStatus()
                .withDescription(
                        reason.name() + ": " + message(refusal.messageZh()) + " / " + message(refusal.messageEn()))
                .asRuntimeException();
    }

    /** A refusal of the road. */
    static StatusRuntimeException of(Refused refused) {
        String receipt =
                refused.receipt().map(r -> ", receipt=" + identifier(r)).orElse("");
        return statusOf(refused.kind())
                .withDescription(String.format(
                        Locale.ROOT,
                        "%s: %s / %s [trace_id=%s%s]",
                        identifier(refused.reasonCode()),
                        message(refused.messageZh()),
                        message(refused.messageEn()),
                        identifier(refused.traceId()),
                        receipt))
                .asRuntimeException();
    }

    private static Status statusOf(ReasonCode.Kind kind) {
        return switch (kind) {
            case INVALID -> Status.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case DENIED -> Status.PERMISSION_DENIED;
            case NOT_FOUND -> Status.NOT_FOUND;
            case PRECONDITION -> Status.FAILED_PRECONDITION;
            case EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case INTERNAL -> Status.INTERNAL;
        };
    }

    private static String message(String text) {
        return bounded(text, MESSAGE_BYTES);
    }

    private static String identifier(String text) {
        return bounded(text, IDENTIFIER_BYTES);
    }

    private static String bounded(String text, int mostEncodedBytes) {
        int encoded = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            // Percent-encoding writes a printable ASCII byte as itself and any other byte of UTF-8 as three.
            encoded += point >= ' ' && point < 0x7f && point != '%'
                    ? 1
                    : point < 0x80 ? 3 : point < 0x800 ? 6 : point < 0x10000 ? 9 : 12;
            if (encoded > mostEncodedBytes) {
                return text.substring(0, i) + "…";
            }
            i += Character.charCount(point);
        }
        return text;
    }
}
