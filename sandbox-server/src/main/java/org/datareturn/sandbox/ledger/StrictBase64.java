package org.datareturn.sandbox.ledger;

import java.util.Base64;
import java.util.Optional;

/**
 * Standard base64 (RFC 4648 §4) in its one canonical form. The JDK's decoder also takes missing padding and stray low
 * bits, which would let one receipt be written in several ways.
 */
final class StrictBase64 {
    private StrictBase64() {}

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
