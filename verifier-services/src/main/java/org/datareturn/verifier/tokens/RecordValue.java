package org.datareturn.verifier.tokens;

import java.util.Arrays;

/**
 * What a registry keeps of a subject: the token of the values that must agree, and the sealed facts conditions look at. All
 * values of one registry are of one length. Immutable.
 *
 * @param match the token
 * @param facts the sealed facts; empty where the registry has none
 */
public record RecordValue(MatchToken match, SealedFacts facts) {
    /** A value without facts. */
    public static RecordValue of(MatchToken match) {
        return new RecordValue(match, SealedFacts.NONE);
    }

    /**
     * A value read back from storage.
     *
     * @throws IllegalArgumentException when it is shorter than a token
     */
    public static RecordValue read(byte[] stored) {
        return new RecordValue(
                new MatchToken(Arrays.copyOf(stored, MatchToken.LENGTH)),
                new SealedFacts(Arrays.copyOfRange(stored, MatchToken.LENGTH, stored.length)));
    }

    /** How many bytes a value has in a registry of so many facts. */
    public static int length(int factCount) {
        return MatchToken.LENGTH + SealedFacts.length(factCount);
    }

    /** The value's bytes. */
    public byte[] bytes() {
        byte[] sealed = facts.bytes();
        byte[] all = Arrays.copyOf(match.bytes(), MatchToken.LENGTH + sealed.length);
        System.arraycopy(sealed, 0, all, MatchToken.LENGTH, sealed.length);
        return all;
    }
}
