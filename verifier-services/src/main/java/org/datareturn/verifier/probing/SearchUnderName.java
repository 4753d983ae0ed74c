package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * A search for one person by many numbers under one name — or, where a product asks for none, under the same values —, however unlike each other the numbers are: a grid over two or
 * three unknown parts of a number looks like many persons to {@link Likeness}. What a grant has asked wrongly under one name
 * is therefore held against what it asked rightly: an agency that sees many people of one name errs in a small share of
 * them, a search errs nearly always. Kept by grant, so that nobody can close a name for others. One question, one thread.
 */
final class SearchUnderName {
    private final ProbingLimits.UnderName limits;
    private final Instant now;
    private final boolean conditional;
    private final List<Cells> names = new ArrayList<>();

    /** The cells of one name under one grant, and the number asked. */
    private record Cells(String wrong, String right, String number) {}

    SearchUnderName(ProbingLimits limits, ProbeTokens tokens, String grant, Question question, Instant now) {
        this.limits = limits.underName();
        this.now = now;
        this.conditional = question.conditional();
        for (Trail trail : question.searched()) {
            names.add(new Cells(
                    tokens.token("grant/wrong-under-name", List.of(grant, trail.cell())),
                    tokens.token("grant/right-under-name", List.of(grant, trail.cell())),
                    trail.item()));
        }
    }

    /** The cells whose entries are needed. */
    List<String> cells() {
        return names.stream()
                .flatMap(name -> conditional
                        ? Stream.of(name.wrong(), name.right(), Side.ASIDE.of(name.wrong()))
                        : Stream.of(name.wrong(), name.right()))
                .toList();
    }

    /**
     * Whether so much was asked wrongly under a name of the question that no more is answered.
     *
     * @param entries of {@link #cells}
     */
    boolean exhausted(Map<String, List<ProbeEntry>> entries) {
        return names.stream()
                .anyMatch(name -> size(name.wrong(), entries)
                        >= limits.wrong() + size(name.right(), entries) / limits.rightForAnotherWrong());
    }

    /** The question was answered with a yes. Counted only for names under which much was wrong: most see nothing of it. */
    void right(ProbeMemory.Unit unit, Map<String, List<ProbeEntry>> entries) {
        for (Cells name : names) {
            if (size(name.wrong(), entries) >= limits.wrong() / 3) {
                unit.enter(name.right(), new ProbeEntry(name.number(), "", now));
            }
        }
    }

    /** The question was answered with a no. */
    void wrong(ProbeMemory.Unit unit, Side side) {
        names.forEach(name -> unit.enter(side.of(name.wrong()), new ProbeEntry(name.number(), "", now)));
    }

    private static int size(String cell, Map<String, List<ProbeEntry>> entries) {
        return entries.getOrDefault(cell, List.of()).size();
    }
}
