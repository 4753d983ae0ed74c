package org.datareturn.verifier.tokens;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a registry finds a subject by: a keyed token of 16 bytes. Among <i>n</i> subjects two share a key with
 * probability below n²/2^129 — 2^-67 for all 1.5·10⁹ people of the country. Immutable.
 */
public final class RecordKey implements Comparable<RecordKey> {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] token;

    /** A key read back from storage or made by {@link RecordTokens}. */
    public RecordKey(byte[] token) {
        if (token.length != LENGTH) {
            throw new IllegalArgumentException("a record key has " + LENGTH + " bytes, was " + token.length);
        }
        this.token = token.clone();
    }

    /** The token's bytes. */
    public byte[] bytes() {
        return token.clone();
    }

    /** Unsigned byte order, the order registries are stored in. */
    @Override
    public int compareTo(RecordKey other) {
        return Arrays.compareUnsigned(token, other.token);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey that && Arrays.equals(token, that.token);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(token);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(token);
    }
}
