package org.datareturn.guard.noise;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream of random bits: the keystream of AES-256 in counter mode (NIST SP 800-38A). Under a fresh key it is a
 * cryptographic random generator, under a derived key the same draws come again for whoever holds the key, and for
 * nobody else. Not thread-safe: one stream, one thread.
 */
public final class RandomStream {
    /** Length of a key, bytes. */
    public static final int KEY_BYTES = 32;

    private static final int BLOCK_BYTES = 16;

    private final Cipher cipher;
    private long bytesDrawn;

    private RandomStream(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** A stream nobody can foretell: its key comes from the platform's {@link SecureRandom}. */
    public static RandomStream fresh() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        RandomStream stream = new RandomStream(key);
        Arrays.fill(key, (byte) 0);
        return stream;
    }

    /** The stream of a key of {@value #KEY_BYTES} bytes: the same key, the same bits. */
    public static RandomStream keyed(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, was " + key.length);
        }
        return new RandomStream(key);
    }

    /** The next bytes. */
    byte[] next(int bytes) {
        bytesDrawn += bytes;
        return cipher.update(new byte[bytes]);
    }

    /** How many bytes have been drawn: what a draw takes must not depend on what it gives. */
    long bytesDrawn() {
        return bytesDrawn;
    }
}
