package org.datareturn.verifier.tokens;

import com.google.crypto.tink.prf.Prf;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
     * What a registry finds a record by that has more than one name.
     *
     * @param identity what names it, the subject first, in the order of the schema
     */
    public RecordKey key(String schema, List<? extends NormalValue> identity) {
        List<String> parts = new ArrayList<>(List.of("datareturn/record-key/v1", schema));
        identity.forEach(value -> parts.add(value.plain()));
        return new RecordKey(compute(parts, RecordKey.LENGTH));
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

    /** What binds a record that has more than one name to the values that must agree. */
    public MatchToken match(String schema, List<? extends NormalValue> identity, List<? extends NormalValue> matches) {
        List<String> parts = new ArrayList<>(List.of("datareturn/match/v1", schema));
        identity.forEach(value -> parts.add(value.plain()));
        matches.forEach(value -> parts.add(value.plain()));
        return new MatchToken(compute(parts, MatchToken.LENGTH));
    }

    /**
     * Puts facts about a record under seal.
     *
     * @param facts values that are numbers ({@link NormalValue#measure}), at most {@link SealedFacts#MOST}
     */
    public SealedFacts sealFacts(
            String schema, List<? extends NormalValue> identity, List<? extends NormalValue> facts) {
        return sealNumbers(
                schema, identity, facts.stream().mapToInt(NormalValue::measure).toArray());
    }

    /**
     * Puts numbers about a record under seal.
     *
     * @param facts at most {@link SealedFacts#MOST}
     */
    public SealedFacts sealNumbers(String schema, List<? extends NormalValue> identity, int[] facts) {
        if (facts.length == 0) {
            return SealedFacts.NONE;
        }
        ByteBuffer plain = ByteBuffer.allocate(facts.length * Integer.BYTES);
        plain.asIntBuffer().put(facts);
        byte[] vector = vector(schema, identity, plain.array());
        byte[] hidden = crossed(schema, identity, vector, plain.array());
        return new SealedFacts(ByteBuffer.allocate(vector.length + hidden.length)
                .put(vector)
                .put(hidden)
                .array());
    }

    /** The facts under a seal, or nothing when they are another record's or were changed. The same work either way. */
    public Optional<int[]> openFacts(String schema, List<? extends NormalValue> identity, SealedFacts sealed) {
        byte[] bytes = sealed.bytes();
        if (bytes.length <= SealedFacts.VECTOR_LENGTH) {
            return bytes.length == 0 ? Optional.of(new int[0]) : Optional.empty();
        }
        byte[] vector = Arrays.copyOf(bytes, SealedFacts.VECTOR_LENGTH);
        byte[] plain =
                crossed(schema, identity, vector, Arrays.copyOfRange(bytes, SealedFacts.VECTOR_LENGTH, bytes.length));
        boolean whole = MessageDigest.isEqual(vector, vector(schema, identity, plain));
        int[] facts = new int[plain.length / Integer.BYTES];
        ByteBuffer.wrap(plain).asIntBuffer().get(facts);
        return whole ? Optional.of(facts) : Optional.empty();
    }

    private byte[] vector(String schema, List<? extends NormalValue> identity, byte[] plain) {
        return compute(parts("datareturn/facts-vector/v1", schema, identity, plain), SealedFacts.VECTOR_LENGTH);
    }

    private byte[] crossed(String schema, List<? extends NormalValue> identity, byte[] vector, byte[] text) {
        byte[] crossed = compute(parts("datareturn/facts-stream/v1", schema, identity, vector), text.length);
        for (int i = 0; i < text.length; i++) {
            crossed[i] ^= text[i];
        }
        return crossed;
    }

    private static List<String> parts(
            String purpose, String schema, List<? extends NormalValue> identity, byte[] bytes) {
        List<String> parts = new ArrayList<>(List.of(purpose, schema));
        identity.forEach(value -> parts.add(value.plain()));
        parts.add(HexFormat.of().formatHex(bytes));
        return parts;
    }

    /** A keyed seal over facts that are stored beside the tokens, so that a change to them, or another key, is noticed. */
    public byte[] seal(List<String> facts) {
        List<String> parts = new ArrayList<>(List.of("datareturn/edition-seal/v1"));
        parts.addAll(facts);
        return compute(parts, SEAL_LENGTH);
    }

    byte[] compute(List<String> parts, int length) {
        return compute(Framing.of(parts), length);
    }

    /** @param begun the first texts, framed */
    byte[] compute(byte[] begun, List<String> parts, int length) {
        return compute(Framing.of(begun, parts), length);
    }

    private byte[] compute(byte[] framed, int length) {
        try {
            return prf.compute(framed, length);
        } catch (GeneralSecurityException e) {
            // The length was tried when the key was taken in; nothing else can go wrong.
            throw new IllegalStateException("a PRF key failed after it had been tried", e);
        }
    }
}
