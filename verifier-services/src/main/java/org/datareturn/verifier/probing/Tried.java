package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was tried before on the persons a question bears on. */
record Tried(Question question, Map<String, List<ProbeEntry>> entries, ProbingLimits.Candidates limits, Instant now) {
    static Tried read(ProbeMemory.Unit unit, Posed posed, ProbingLimits.Candidates limits, Instant now) {
        return new Tried(posed.question(), unit.entries(posed.cells(), now.minus(limits.memory())), limits, now);
    }

    /** Since when what was tried counts. */
    Instant since() {
        return now.minus(limits.memory());
    }

    /** Whether other values were tried with a number of the question. */
    boolean isTriedWithNumber() {
        for (Trail trail : question.trails()) {
            if (trail.likeness().ofOneNumber() && entries.containsKey(trail.cell())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a limit was reached before this question. */
    boolean isClosed() {
        return reaches(limits, trail -> true);
    }

    /** Whether one of those was, which only a search reaches. */
    boolean isClosedForSearching() {
        return reaches(limits, trail -> trail.likeness().isScored());
    }

    /** Whether conditions have asked enough of the subject before this question. */
    boolean isAskedOut() {
        return question.asked().stream().anyMatch(this::isAskedOut);
    }

    /** Whether this is at least the third candidate for a person. */
    boolean isTriedAgain() {
        ProbingLimits.Candidates afterTwo = limits.afterTwo();
        return question.trails().stream().anyMatch(trail -> {
            List<String> others = entries.getOrDefault(trail.cell(), List.of()).stream()
                    .filter(entry -> !entry.item().equals(trail.item()))
                    .map(ProbeEntry::sketch)
                    .toList();
            return trail.likeness().tooMany(trail, others, afterTwo);
        });
    }

    /** What a candidate that was not tried before means to who asked. */
    void scored(Standing standing, Question last, Side side) {
        if (reaches(limits.beforeTheLast(), trail -> trail.likeness().isScored())) {
            standing.nearMiss(last);
        }
        if (side == Side.COUNTED) {
            if (closesWith(last, trail -> trail.likeness().isScored())) {
                standing.closed(last);
            } else if (closesWith(last, trail -> !trail.likeness().isScored())) {
                standing.closedUnscored();
            }
        }
    }

    private boolean reaches(ProbingLimits.Candidates bounds, Predicate<Trail> which) {
        for (Trail trail : question.trails()) {
            if (which.test(trail) && trail.likeness().tooMany(trail, others(trail), bounds)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a condition asks what was asked before: that tells only how things stand now. */
    boolean isAskedAgain(Trail asked) {
        return lately(asked).stream().anyMatch(entry -> AskedConditions.isAskedAgain(asked, entry));
    }

    private List<ProbeEntry> lately(Trail asked) {
        return entries.getOrDefault(asked.cell(), List.of()).stream()
                .filter(entry ->
                        !entry.at().isBefore(now.minus(limits.conditions().longer())))
                .toList();
    }

    private boolean isAskedOut(Trail asked) {
        if (isAskedAgain(asked)) {
            return false;
        }
        ProbingLimits.Conditions conditions = limits.conditions();
        List<ProbeEntry> others = lately(asked);
        boolean everywhere = asked.likeness() == Likeness.CONDITION_REGION
                && entries.getOrDefault(asked.cell(), List.of()).size() >= conditions.regionsInAll();
        long lately = others.stream()
                .filter(entry -> !entry.at().isBefore(now.minus(conditions.shorter())))
                .count();
        return everywhere
                || lately >= conditions.lately()
                || asked.likeness()
                        .tooMany(asked, others.stream().map(ProbeEntry::sketch).toList(), limits);
    }

    /** Whether this question, once it has missed, is the last that is answered. */
    private boolean closesWith(Question last, Predicate<Trail> which) {
        return last.trails().stream().filter(which).anyMatch(trail -> {
            List<String> with = new ArrayList<>(others(trail));
            with.add(trail.sketch());
            return trail.likeness().tooMany(trail, with, limits);
        });
    }

    /**
     * What counts beside a question. A wrong candidate that was answered before counts against itself: once a person is
     * closed, nothing is answered again.
     */
    private List<String> others(Trail trail) {
        List<ProbeEntry> found = entries.getOrDefault(trail.cell(), List.of());
        return found.isEmpty()
                ? List.of()
                : found.stream().map(ProbeEntry::sketch).toList();
    }
}
