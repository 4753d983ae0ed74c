package org.datareturn.verifier.probing;

import java.util.Set;
import java.util.stream.Collectors;

/** Identities that are nobody's, planted so that whoever asks about them gives himself away. Thread-safe. */
@FunctionalInterface
public interface Canaries {
    /**
     * Whether a subject is one.
     *
     * @param subject the subject's token, as {@link org.datareturn.verifier.tokens.SubjectTokens#subject} makes it
     */
    boolean hold(String subject);

    /** Those of many subjects that are canaries. */
    default Set<String> among(Set<String> subjects) {
        return subjects.stream().filter(this::hold).collect(Collectors.toSet());
    }

    /** None are planted. */
    static Canaries none() {
        return subject -> false;
    }

    /** Those of a set of subject tokens. */
    static Canaries of(Set<String> subjects) {
        return Set.copyOf(subjects)::contains;
    }
}
