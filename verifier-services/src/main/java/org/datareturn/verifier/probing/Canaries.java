package org.datareturn.verifier.probing;

import java.util.Set;

/** Identities that are nobody's, planted so that whoever asks about them gives himself away. Thread-safe. */
@FunctionalInterface
public interface Canaries {
    /**
     * Whether a subject is one.
     *
     * @param subject the subject's token, as {@link org.datareturn.verifier.tokens.SubjectTokens#subject} makes it
     */
    boolean hold(String subject);

    /** None are planted. */
    static Canaries none() {
        return subject -> false;
    }

    /** Those of a set of subject tokens. */
    static Canaries of(Set<String> subjects) {
        return Set.copyOf(subjects)::contains;
    }
}
