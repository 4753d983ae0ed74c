package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        return reaches(limits);
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
        if (reaches(limits.beforeTheLast())) {
            standing.nearMiss(last);
        }
        if (closesWith(last) && side == Side.COUNTED) {
            standing.closed(last);
        }
    }

    private boolean reaches(ProbingLimits.Candidates bounds) {
        for (Trail trail : question.trails()) {
            if (trail.likeness().tooMany(trail, others(trail), bounds)) {
                return true;
            }
        }
        return false;
    }

    /** Asking a condition again tells only how things stand now; another value more. */
    private boolean isAskedOut(Trail asked) {
        ProbingLimits.Conditions conditions = limits.conditions();
        List<ProbeEntry> others = entries.getOrDefault(asked.cell(), List.of()).stream()
                .filter(entry -> !entry.at().isBefore(now.minus(conditions.longer())))
                .toList();
        if (others.stream().anyMatch(entry -> entry.item().equals(asked.item()))) {
            return false;
        }
        long lately = others.stream()
                .filter(entry -> !entry.at().isBefore(now.minus(conditions.shorter())))
                .count();
        return lately >= conditions.lately()
                || asked.likeness()
                        .tooMany(asked, others.stream().map(ProbeEntry::sketch).toList(), limits);
    }

    /** Whether this question, once it has missed, is the last that is answered. */
    private boolean closesWith(Question last) {
        return last.trails().stream().anyMatch(trail -> {
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
