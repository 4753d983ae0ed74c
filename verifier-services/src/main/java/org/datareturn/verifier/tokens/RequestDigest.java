package org.datareturn.verifier.tokens;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A commitment to a request: HMAC-SHA256 (FIPS 198-1) under a fresh salt over the request's parts, each behind its
 * length in four bytes. The digest may be recorded for ever: without the salt nobody can try requests against it. The
 * salt goes to the caller with the answer, and opens the commitment to whoever is shown request and salt.
 *
 * @param hex 64 characters of lower-case hexadecimal
 */
public record RequestDigest(String hex) {
    private static final String ALGORITHM = "HmacSHA256";

    /** A salt: 32 bytes from a secure random source, one for each call. */
    public static final class Salt {
        private static final int LENGTH = 32;
        private final byte[] bytes;

        private Salt(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A fresh salt. */
        public static Salt fresh(SecureRandom random) {
            byte[] bytes = new byte[LENGTH];
            random.nextBytes(bytes);
            return new Salt(bytes);
        }

        /**
         * A salt kept in a receipt.
         *
         * @throws IllegalArgumentException when it does not have 32 bytes
         */
        public static Salt of(byte[] bytes) {
            if (bytes.length != LENGTH) {
                throw new IllegalArgumentException("a salt has " + LENGTH + " bytes, was " + bytes.length);
            }
            return new Salt(bytes.clone());
        }

        /** The salt's bytes: secret to everyone but the caller. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /** The digest of parts under a salt. */
    public static RequestDigest of(Salt salt, List<String> parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt.bytes, ALGORITHM));
            return new RequestDigest(HexFormat.of().formatHex(mac.doFinal(Framing.of(parts))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
