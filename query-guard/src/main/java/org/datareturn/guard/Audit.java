package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.AnswerMemory.Told;
import org.datareturn.guard.audit.LinearSpan;
import org.datareturn.policy.Refusal;
import org.roaringbitmap.RoaringBitmap;

/**
 * The audit of one answer against everything its organisation was told. Works on copies: nothing of the history changes
 * until the answer is remembered. Used under the history's lock.
 */
final class Audit {
    private final int minGroupSize;
    private final Map<String, LinearSpan> spans = new HashMap<>();
    private final Set<Told> told = new HashSet<>();
    private final List<Told> overlapping = new ArrayList<>();

    /**
     * An audit of an answer that would tell at most these sets.
     *
     * @throws QueryRefused when there is no room for them
     */
    Audit(History history, Collection<Told> candidates, int minGroupSize) throws QueryRefused {
        this.minGroupSize = minGroupSize;
        Map<String, List<RoaringBitmap>> sets = new HashMap<>();
        for (Told candidate : new HashSet<>(candidates)) {
            sets.computeIfAbsent(candidate.space(), s -> new ArrayList<>()).add(candidate.elements());
            spans.computeIfAbsent(
                    candidate.space(), s -> history.span(candidate).copy());
        }
        for (Map.Entry<String, List<RoaringBitmap>> space : sets.entrySet()) {
            LinearSpan span = spans.get(space.getKey());
            if (span == null || !span.prepare(space.getValue(), minGroupSize)) {
                throw new QueryRefused(Refusal.of(GuardReason.AUDIT_EXHAUSTED));
            }
        }
    }

    /** Admits the sets a value tells, all or none: none when with them something about few subjects is solvable. */
    boolean admit(List<Told> sets) {
        boolean apart = sets.stream().map(Told::space).distinct().count() == sets.size();
        boolean admitted = apart ? admitApart(sets) : admitInTurn(sets);
        if (admitted) {
            told.addAll(sets);
        } else {
            overlapping.addAll(sets);
        }
        return admitted;
    }

    /** Notes that the sets of a value were not admitted for another reason than solvability. */
    void reject(List<Told> sets) {
        overlapping.addAll(sets);
    }

    /** Sets of different spaces do not touch one another: all are examined before any is added. */
    private boolean admitApart(List<Told> sets) {
        Map<String, LinearSpan.Addition> additions = new HashMap<>();
        for (Told one : sets) {
            LinearSpan span = Objects.requireNonNull(spans.get(one.space()));
            Optional<LinearSpan.Addition> addition = span.examine(one.elements(), minGroupSize);
            if (addition.isEmpty()) {
                return false;
            }
            additions.put(one.space(), addition.get());
        }
        additions.forEach(
                (space, addition) -> Objects.requireNonNull(spans.get(space)).add(addition));
        return true;
    }

    private boolean admitInTurn(List<Told> sets) {
        Map<String, LinearSpan> before = new HashMap<>();
        for (Told one : sets) {
            LinearSpan span = Objects.requireNonNull(spans.get(one.space()));
            Optional<LinearSpan.Addition> addition = span.examine(one.elements(), minGroupSize);
            if (addition.isEmpty()) {
                spans.putAll(before);
                return false;
            }
            before.computeIfAbsent(one.space(), s -> span.copy());
            span.add(addition.get());
        }
        return true;
    }

    /** What has been admitted. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** What was not admitted. */
    List<Told> overlapping() {
        return List.copyOf(overlapping);
    }

    /** The spans with what has been admitted. */
    Map<String, LinearSpan> spans() {
        return Map.copyOf(spans);
    }
}
