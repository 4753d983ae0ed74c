package org.datareturn.verifier.tokens;

import java.util.Arrays;

/**
 * Facts about a subject — dates, divisions — under a seal only the registry's key opens: a synthetic initialisation vector
 * of eight bytes, a pseudo-random function of subject and facts, then four bytes a fact, each exclusive-or'ed with a
 * pseudo-random stream of subject and vector (the SIV construction, RFC 5297, with HMAC). Facts moved to another subject, or
 * changed, do not open, except with probability 2^-64. Immutable.
 */
public final class SealedFacts {
    /** No facts. */
    public static final SealedFacts NONE = new SealedFacts(new byte[0]);

    /** The most facts a record has: one evaluation of the function gives the stream. */
    public static final int MOST = 8;

    static final int VECTOR_LENGTH = 8;

    private final byte[] sealed;

    /** Facts read back from storage. */
    public SealedFacts(byte[] sealed) {
        this.sealed = sealed.clone();
    }

    /** How many bytes so many facts have under their seal. */
    public static int length(int factCount) {
        return factCount == 0 ? 0 : VECTOR_LENGTH + factCount * Integer.BYTES;
    }

    /** The bytes under seal. */
    public byte[] bytes() {
        return sealed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedFacts that && Arrays.equals(sealed, that.sealed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sealed);
    }

    /** Names the type only. */
    @Override
    public String toString() {
        return "SealedFacts[not shown]";
    }
}
