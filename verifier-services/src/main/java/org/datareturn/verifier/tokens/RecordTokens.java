package org.datareturn.verifier.tokens;

import com.google.crypto.tink.prf.Prf;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.verifier.normalise.NormalValue;

/**
 * The tokens of one key. Every input begins with what the token is for and, for records, the registry's shape, each
 * part behind its length: tokens of different purposes or registries are unrelated. Thread-safe.
 */
public final class RecordTokens {
    private static final int SEAL_LENGTH = 16;

    private final int keyId;
    private final Prf prf;

    RecordTokens(int keyId, Prf prf) {
        this.keyId = keyId;
        this.prf = prf;
    }

    /** The key's id. */
    public int keyId() {
        return keyId;
    }

    /**
     * What a registry finds a subject by.
     *
     * @param schema the registry's shape in its canonical line
     */
    public RecordKey key(String schema, NormalValue subject) {
        return new RecordKey(compute(List.of("datareturn/record-key/v1", schema, subject.plain()), RecordKey.LENGTH));
    }

    /**
     * What binds a subject to the values that must agree.
     *
     * @param schema the registry's shape in its canonical line
     * @param matches the values in the order of the schema
     */
    public MatchToken match(String schema, NormalValue subject, List<? extends NormalValue> matches) {
        List<String> parts = new ArrayList<>(List.of("datareturn/match/v1", schema, subject.plain()));
        matches.forEach(value -> parts.add(value.plain()));
        return new MatchToken(compute(parts, MatchToken.LENGTH));
    }

    /** A keyed seal over facts that are stored beside the tokens, so that a change to them, or another key, is noticed. */
    public byte[] seal(List<String> facts) {
        List<String> parts = new ArrayList<>(List.of("datareturn/edition-seal/v1"));
        parts.addAll(facts);
        return compute(parts, SEAL_LENGTH);
    }

    byte[] compute(List<String> parts, int length) {
        try {
            return prf.compute(Framing.of(parts), length);
        } catch (GeneralSecurityException e) {
            // The length was tried when the key was taken in; nothing else can go wrong.
            throw new IllegalStateException("a PRF key failed after it had been tried", e);
        }
    }
}
