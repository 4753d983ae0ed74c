package org.datareturn.verifier.tokens;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What binds a subject to the values that must agree: a keyed token of 12 bytes over both. A wrong value passes for the
 * right one with probability 2^-96 a try, and the subject is part of the input, so a token moved to another subject's
 * record matches nothing. Immutable.
 */
public final class MatchToken {
    /** Length in bytes. */
    public static final int LENGTH = 12;

    private final byte[] token;

    /** A token read back from storage or made by {@link RecordTokens}. */
    public MatchToken(byte[] token) {
        if (token.length != LENGTH) {
            throw new IllegalArgumentException("a match token has " + LENGTH + " bytes, was " + token.length);
        }
        this.token = token.clone();
    }

    /** The token's bytes. */
    public byte[] bytes() {
        return token.clone();
    }

    /** Whether both are the same token, in time that does not depend on where they differ. */
    public boolean agreesWith(MatchToken other) {
        return MessageDigest.isEqual(token, other.token);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MatchToken that && agreesWith(that);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(token);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(token);
    }
}
