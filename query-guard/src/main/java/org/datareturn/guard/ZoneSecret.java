package org.datareturn.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of one zone that its repeatable noise comes from: HMAC-SHA-256 under a key that nobody outside the zone
 * has. Immutable; thread-safe.
 */
public final class ZoneSecret {
    /** Length of the key, bytes. */
    public static final int BYTES = 32;

    private final SecretKeySpec key;

    private ZoneSecret(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a zone's secret has " + BYTES + " bytes, was " + key.length);
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** A secret nobody else has, for a zone that lives as long as this process. */
    public static ZoneSecret fresh() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new ZoneSecret(key);
    }

    /** A secret kept elsewhere: the same bytes at every start, or old answers could be averaged with new ones. */
    public static ZoneSecret of(byte[] key) {
        return new ZoneSecret(key.clone());
    }

    /** 32 bytes for these parts, which are told apart by their lengths. */
    byte[] bytes(List<String> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : parts) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
                mac.update(text);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
