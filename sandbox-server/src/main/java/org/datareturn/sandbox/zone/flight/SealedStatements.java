package org.datareturn.sandbox.zone.flight;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Prepared statements without server state: a handle is the SQL text, sealed by AES-256-GCM (NIST SP 800-38D) under a
 * key of this process with the caller's key as associated data. So handles cannot be guessed, altered or used by
 * another caller, and however many are prepared, nothing fills up. Layout: 12 bytes nonce, then ciphertext and tag.
 * Thread-safe.
 */
final class SealedStatements {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    SealedStatements() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(KEY_BITS, random);
            key = generator.generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    /** A handle for {@code sql}, of use to {@code owner} only. */
    byte[] seal(String sql, CallerKey owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(sql.getBytes(StandardCharsets.UTF_8));
            byte[] handle = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, handle, NONCE_BYTES, sealed.length);
            return handle;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not seal a statement", e);
        }
    }

    /** The SQL behind a handle; empty when it is not one of this owner's. */
    Optional<String> open(byte[] handle, CallerKey owner) {
        if (handle.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] sql = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(handle, NONCE_BYTES), owner)
                    .doFinal(handle, NONCE_BYTES, handle.length - NONCE_BYTES);
            return Optional.of(new String(sql, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, CallerKey owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.hex().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
