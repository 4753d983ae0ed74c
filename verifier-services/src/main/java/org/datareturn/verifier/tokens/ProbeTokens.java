package org.datareturn.verifier.tokens;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.datareturn.verifier.normalise.NormalValue;

/**
 * What the memory against probing knows persons, names and numbers by: keyed tokens, and keyed sketches of numbers from
 * which only likeness can be read. Unrelated to the tokens of registries. Thread-safe.
 */
public final class ProbeTokens {
    private static final int TOKEN_LENGTH = 16;
    private static final int SKETCH_LENGTH = 32;
    private static final int ALPHABET = Character.MAX_RADIX;

    private final RecordTokens tokens;
    /** How the input of each purpose begins; purposes are words of this program, so they are few. */
    private final Map<String, byte[]> purposes = new ConcurrentHashMap<>();

    ProbeTokens(RecordTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * A token of texts.
     *
     * @param purpose what it is for; tokens of different purposes are unrelated
     * @return 32 characters of lower-case hexadecimal
     */
    public String token(String purpose, List<String> parts) {
        byte[] begun = purposes.computeIfAbsent(purpose, name -> Framing.of(List.of("datareturn/probe/v1", name)));
        return HexFormat.of().formatHex(tokens.compute(begun, parts, TOKEN_LENGTH));
    }

    /** A token of one value, the same in every product. */
    public String token(String purpose, NormalValue value) {
        return token(purpose, List.of(value.normalisation().word(), value.plain()));
    }

    /**
     * A number with each character shifted by a keyed amount that depends on its place and on the cell. Two sketches of one
     * cell agree in a place exactly when the numbers do; one sketch alone is uniformly distributed and tells nothing.
     *
     * @param cell where it will be kept
     * @param code characters {@code 0-9A-Z}, at most 32
     * @return as many characters
     */
    public String sketch(String cell, String code) {
        if (code.length() > SKETCH_LENGTH) {
            throw new IllegalArgumentException("a sketch has at most " + SKETCH_LENGTH + " characters");
        }
        byte[] shifts = tokens.compute(List.of("datareturn/probe-sketch/v1", cell), SKETCH_LENGTH);
        StringBuilder sketch = new StringBuilder(code.length());
        for (int i = 0; i < code.length(); i++) {
            int value = Character.digit(code.charAt(i), ALPHABET);
            if (value < 0) {
                throw new IllegalArgumentException("a sketch is made of letters and digits");
            }
            sketch.append(Character.forDigit((value + (shifts[i] & 0xFF)) % ALPHABET, ALPHABET));
        }
        return sketch.toString();
    }
}
