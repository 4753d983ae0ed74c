package org.datareturn.sandbox.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public half of a note-signing key (C2SP signed-note, Ed25519), as {@code name+id+base64}. Whoever holds this line
 * can verify receipts and checkpoints. Immutable.
 */
public final class VerifierKey {
    static final byte ED25519 = 0x01;

    private static final int PUBLIC_KEY_BYTES = 32;
    // DER of SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410 §4).
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] publicKey;
    private final int id;
    private final PublicKey key;

    private VerifierKey(String name, byte[] publicKey, PublicKey key) {
        this.name = name;
        this.publicKey = publicKey;
        this.key = key;
        this.id = keyId(name, publicKey);
    }

    /**
     * A verifier key of a name and a public key.
     *
     * @param name without white space or plus
     * @param publicKey 32 bytes (RFC 8032)
     * @throws IllegalArgumentException when either is not of that form
     */
    public static VerifierKey of(String name, byte[] publicKey) {
        if (!SignedNote.isKeyName(name)) {
            throw new IllegalArgumentException("a key name is not empty and holds neither white space nor plus");
        }
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, was " + publicKey.length);
        }
        byte[] der = ByteBuffer.allocate(SPKI_PREFIX.length + PUBLIC_KEY_BYTES)
                .put(SPKI_PREFIX)
                .put(publicKey)
                .array();
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
            return new VerifierKey(name, publicKey.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    /**
     * Reads {@code name+id+base64(type ‖ key)}; the id must be the one that name and key give.
     *
     * @throws IllegalArgumentException when the text is no Ed25519 verifier key
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        Optional<byte[]> material = parts.length == 3 ? StrictBase64.decode(parts[2]) : Optional.empty();
        byte[] typed = material.filter(m -> m.length == 1 + PUBLIC_KEY_BYTES && m[0] == ED25519)
                .orElseThrow(
                        () -> new IllegalArgumentException("an Ed25519 verifier key has the form name+id+base64(key)"));
        VerifierKey key = of(parts[0], java.util.Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.idHex().equals(parts[1])) {
            throw new IllegalArgumentException("the verifier key's id does not belong to its name and key");
        }
        return key;
    }

    private static int keyId(String name, byte[] publicKey) {
        byte[] hash = Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', ED25519}, publicKey)
                .bytes();
        return ByteBuffer.wrap(hash).getInt();
    }

    /** The key's name; for a log's key its origin. */
    public String name() {
        return name;
    }

    /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), big-endian. */
    public int id() {
        return id;
    }

    private String idHex() {
        return HexFormat.of().toHexDigits(id);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // The JDK throws, instead of answering false, when the signature's encoding itself is impossible.
            return false;
        }
    }

    /** The line to hand to verifiers. */
    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + PUBLIC_KEY_BYTES)
                .put(ED25519)
                .put(publicKey)
                .array();
        return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
