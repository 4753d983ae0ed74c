package org.datareturn.verifier.probing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * A question as it is asked under one grant, with the names of all that is looked at for it. It needs nothing of other
 * questions, so whoever asks makes it for himself, before the limits are asked. Made by {@link ProbeGuard#posed}. Thread-safe.
 */
public final class Posed {
    private final Question question;
    private final String grant;
    private final SearchUnderName search;
    private final Optional<String> askedCell;
    private final String subjectCalls;
    private final List<String> cells;

    Posed(Question question, String grant, ProbeTokens tokens) {
        this.question = question;
        this.grant = grant;
        this.search = new SearchUnderName(tokens, grant, question);
        this.askedCell = question.interval().isZero()
                ? Optional.empty()
                : Optional.of(tokens.token("grant/asked", List.of(grant, question.token())));
        this.subjectCalls = tokens.token("subject-calls", List.of(grant, question.subject()));
        List<String> all = new ArrayList<>(question.cells());
        all.addAll(search.cells());
        askedCell.ifPresent(all::add);
        this.cells = List.copyOf(all);
    }

    /** The question itself. */
    public Question question() {
        return question;
    }

    /** The grant it is asked under. */
    String grant() {
        return grant;
    }

    /** What the grant asked under the names in it. */
    SearchUnderName search() {
        return search;
    }

    /** The cell of when the grant asked it last, where that matters. */
    Optional<String> askedCell() {
        return askedCell;
    }

    /** The counter of the grant's calls about its subject. */
    String subjectCalls() {
        return subjectCalls;
    }

    /** The cells whose entries are needed: those that decide about it, and those of the grant, for which nobody else waits. */
    List<String> cells() {
        return cells;
    }
}
