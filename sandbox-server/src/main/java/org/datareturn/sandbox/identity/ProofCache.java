package org.datareturn.sandbox.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Proofs whose signatures were checked already, by their SHA-256, so that a signature is checked once and not with every
 * call. Whom a proof names can never change; whether it is still valid is asked with every call. Holds the most recently
 * used ones only, and neither tokens nor certificates. Thread-safe.
 */
final class ProofCache {
    private static final int LARGEST = 10_000;

    private record Accepted(Principal principal, Instant notBefore, Instant notAfter) {}

    private final Map<String, Accepted> accepted = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Accepted> eldest) {
            return size() > LARGEST;
        }
    };

    /** The name of a proof made of parts. */
    static String digest(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whom a proof names, when it was accepted before and is within its validity now. */
    synchronized Optional<Principal> find(String digest, Instant now) {
        return Optional.ofNullable(accepted.get(digest))
                .filter(proof -> !now.isBefore(proof.notBefore()) && now.isBefore(proof.notAfter()))
                .map(Accepted::principal);
    }

    synchronized void put(String digest, Principal principal, Instant notBefore, Instant notAfter) {
        accepted.put(digest, new Accepted(principal, notBefore, notAfter));
    }
}
