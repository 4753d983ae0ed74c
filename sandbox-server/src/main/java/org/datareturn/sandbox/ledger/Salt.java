package org.datareturn.sandbox.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The 32 random bytes that hide a record behind its commitment: SHA-256 over a domain tag, the salt and the record's
 * canonical bytes. Without the salt nobody can tell from the log whether a guessed record is in it. Immutable.
 */
public final class Salt {
    static final int BYTES = 32;
    static final int BASE64_LENGTH = 44;

    // Tag and salt have fixed lengths and the record comes last, so the encoding is unambiguous.
    private static final byte[] TAG = "datareturn.org/ledger-entry/v1\0".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    static Salt random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    static Optional<Salt> of(byte[] bytes) {
        return bytes.length == BYTES ? Optional.of(new Salt(bytes.clone())) : Optional.empty();
    }

    Hash commit(byte[] record) {
        return Hash.sha256(TAG, bytes, record);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(bytes, salt.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
