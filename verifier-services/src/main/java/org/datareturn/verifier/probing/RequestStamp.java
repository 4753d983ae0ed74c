package org.datareturn.verifier.probing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What makes a request good for once: a nonce, and when it was sent. Outside the window around the node's time it is too
 * old or too early; within it, its nonce may come once.
 *
 * @param nonce the client's own, different with every request
 * @param sentAt by the client's clock
 */
public record RequestStamp(String nonce, Instant sentAt) {
    /** How far a client's clock and the node's may be apart, either way. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** Nonces are kept so much longer than any could be used again: servers' clocks differ too. */
    static final Duration KEPT = WINDOW.multipliedBy(2);

    private static final int SHORTEST = 16;
    private static final int LONGEST = 64;

    /**
     * @throws IllegalArgumentException when the nonce is not 16 to 64 of {@code A-Z a-z 0-9 . _ -}
     */
    public RequestStamp {
        if (!isNonce(nonce)) {
            throw new IllegalArgumentException("a nonce is 16 to 64 of A-Z a-z 0-9 . _ -");
        }
    }

    /** A stamp, when the nonce is one. */
    public static Optional<RequestStamp> of(String nonce, Instant sentAt) {
        return isNonce(nonce) ? Optional.of(new RequestStamp(nonce, sentAt)) : Optional.empty();
    }

    private static boolean isNonce(String text) {
        return text.length() >= SHORTEST && text.length() <= LONGEST && areOfNonces(text);
    }

    private static boolean areOfNonces(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isOfNonces(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfNonces(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    boolean isWithinWindow(Instant now) {
        return Duration.between(sentAt, now).abs().compareTo(WINDOW) <= 0;
    }
}
