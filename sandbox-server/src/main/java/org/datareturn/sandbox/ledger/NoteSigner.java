package org.datareturn.sandbox.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.datareturn.sandbox.keys.SigningKey;

/** Signs notes (C2SP signed-note, Ed25519) under one key name. Thread-safe. */
public final class NoteSigner {
    private final SigningKey key;
    private final VerifierKey verifierKey;

    /**
     * A signer.
     *
     * @param name the key's name; for a log its origin, a schema-less URL without white space or plus
     * @throws IllegalArgumentException when the name is not of that form
     */
    public NoteSigner(String name, SigningKey key) {
        this.key = key;
        this.verifierKey = VerifierKey.of(name, key.publicKey());
    }

    /** The key that verifies what this one signs. */
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /**
     * The note over a text.
     *
     * @param text ends with a newline
     * @return text, empty line, one signature line
     */
    String sign(String text) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(verifierKey.id())
                .put(signature)
                .array();
        return text + "\n" + SignedNote.DASH + verifierKey.name() + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }
}
