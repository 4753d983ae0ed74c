package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Decides one question within a unit of work: whether anything tried before forbids it, and what its answer leaves behind.
 * Whether the asker may ask at all was decided before. Thread-safe.
 *
 * @param limits what is too much
 */
record Answering(ProbingLimits limits) {
    /**
     * Answers a question, or refuses it for what was tried before.
     *
     * @param canary whether its person is one nobody has a reason to ask about
     * @param lookUp finds the answer; called at most once
     * @param bearing what an answer is to a searcher
     */
    <T> Guarded<T> answer(
            ProbeMemory.Unit unit,
            Standing standing,
            Posed posed,
            Instant now,
            boolean canary,
            Supplier<T> lookUp,
            Function<T, Bearing> bearing) {
        Question question = posed.question();
        if (canary) {
            standing.askedCanary(question);
        }
        if (isAskedTooSoon(unit, posed, now)) {
            return new Guarded.Refused<>(Refusal.of(VerifierReason.ASKED_TOO_SOON));
        }
        SearchUnderName search = posed.search();
        long crowd = question.crowd().map(cell -> standing.crowd(cell, 0)).orElse(0L);
        ProbingLimits.Candidates bounds = limits.candidates().among(crowd);
        Tried tried = Tried.read(unit, posed, bounds, now);
        if (tried.isClosed()) {
            if (tried.isClosedForSearching()) {
                standing.askedClosed(question);
            }
            return new Guarded.Refused<>(Refusal.of(VerifierReason.SUBJECT_CLOSED));
        }
        if (search.exhausted(unit, tried, limits.underName())) {
            standing.askedClosedName(search);
            return new Guarded.Refused<>(Refusal.of(VerifierReason.SUBJECT_CLOSED));
        }
        if (tried.isAskedOut()) {
            standing.askedTooManyConditions(question);
            return new Guarded.Refused<>(Refusal.of(VerifierReason.SUBJECT_CLOSED));
        }
        // Only questions that are answered start the interval anew: a refused one must not keep the honest out.
        posed.askedCell().ifPresent(cell -> unit.renew(cell, new ProbeEntry(question.token(), "", now)));
        question.asked().stream()
                .filter(asked -> !tried.isAskedAgain(asked))
                .forEach(asked -> unit.enter(asked.cell(), entry(asked, now)));
        T answer = lookUp.get();
        switch (bearing.apply(answer)) {
            case NOTHING -> search.right(unit, tried, limits.underName());
            case CANDIDATE -> {
                if (enter(unit, question, Side.COUNTED, now)) {
                    question.crowd().ifPresent(cell -> standing.crowd(cell, 1));
                    tried.scored(standing, question, Side.COUNTED);
                }
            }
            case CONDITION_UNMET -> missed(unit, standing, question, search, tried, Side.ASIDE);
            case MISS -> missed(unit, standing, question, search, tried, Side.COUNTED);
        }
        return new Guarded.Answered<>(answer, standing.left());
    }

    private static void missed(
            ProbeMemory.Unit unit,
            Standing standing,
            Question question,
            SearchUnderName search,
            Tried tried,
            Side side) {
        boolean fresh = enter(unit, question, side, tried.now());
        search.wrong(unit, side, tried.now());
        if (fresh) {
            if (!question.truthfulNo() || tried.isTriedAgain()) {
                standing.missed(question.token(), side);
            }
            tried.scored(standing, question, side);
        }
    }

    /** Remembers an answer where it counts; whether it was new anywhere. */
    private static boolean enter(ProbeMemory.Unit unit, Question question, Side side, Instant now) {
        boolean fresh = false;
        for (Trail trail : question.trails()) {
            // With one number, every no counts: how many more names may be tried does not tell which no it was.
            String cell = trail.likeness().ofOneNumber() ? trail.cell() : side.of(trail.cell());
            fresh |= unit.enter(cell, entry(trail, now));
        }
        return fresh;
    }

    private static boolean isAskedTooSoon(ProbeMemory.Unit unit, Posed posed, Instant now) {
        if (posed.askedCell().isEmpty()) {
            return false;
        }
        String cell = posed.askedCell().get();
        Question question = posed.question();
        return unit
                .entries(List.of(cell), now.minus(question.interval()).plusNanos(1))
                .getOrDefault(cell, List.of())
                .stream()
                .anyMatch(entry -> entry.item().equals(question.token()));
    }

    private static ProbeEntry entry(Trail trail, Instant now) {
        return new ProbeEntry(trail.item(), trail.sketch(), now);
    }
}
