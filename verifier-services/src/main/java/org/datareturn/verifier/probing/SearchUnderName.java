package org.datareturn.verifier.probing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * A search for one person by many numbers under one name — or, where a product asks for none, under the same values —, however unlike each other the numbers are: a grid over two or
 * three unknown parts of a number looks like many persons to {@link Likeness}. What a grant has asked wrongly under one name
 * is therefore held against what it asked rightly: an agency that sees many people of one name errs in a small share of
 * them, a search errs nearly always. Kept by grant, so that nobody can close a name for others. Thread-safe.
 */
final class SearchUnderName {
    private final boolean conditional;
    private final List<Cells> names = new ArrayList<>();

    /** The cells of one name under one grant, and whose number is asked. */
    private record Cells(String wrong, LateToken right, Trail number) {}

    SearchUnderName(ProbeTokens tokens, String grant, Question question) {
        this.conditional = question.conditional();
        for (Trail trail : question.searched()) {
            List<String> name = List.of(grant, trail.cell());
            names.add(new Cells(
                    tokens.token("grant/wrong-under-name", name),
                    new LateToken(() -> tokens.token("grant/right-under-name", name)),
                    trail));
        }
    }

    /** The cells of what was asked wrongly under the names of the question. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        for (Cells name : names) {
            cells.add(name.wrong());
            if (conditional) {
                cells.add(Side.ASIDE.of(name.wrong()));
            }
        }
        return cells;
    }

    /**
     * Whether so much was asked wrongly under a name of the question that no more is answered.
     *
     * @param tried the entries of {@link #cells}
     */
    boolean exhausted(ProbeMemory.Unit unit, Tried tried, ProbingLimits.UnderName limits) {
        for (Cells name : names) {
            int wrong = size(name.wrong(), tried.entries());
            if (wrong >= limits.wrong()) {
                String right = name.right().get();
                int rights = size(right, unit.entries(List.of(right), tried.since()));
                if (wrong >= limits.wrong() + rights / limits.rightForAnotherWrong()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The question was answered with a yes. Counted only for names under which much was wrong: most see nothing of it. */
    void right(ProbeMemory.Unit unit, Tried tried, ProbingLimits.UnderName limits) {
        for (Cells name : names) {
            if (size(name.wrong(), tried.entries()) >= limits.wrong() / 3) {
                unit.enter(name.right().get(), new ProbeEntry(name.number().item(), "", tried.now()));
            }
        }
    }

    /** The question was answered with a no. */
    void wrong(ProbeMemory.Unit unit, Side side, Instant now) {
        names.forEach(name ->
                unit.enter(side.of(name.wrong()), new ProbeEntry(name.number().item(), "", now)));
    }

    private static int size(String cell, Map<String, List<ProbeEntry>> entries) {
        return entries.getOrDefault(cell, List.of()).size();
    }
}
