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
    private record Cells(String wrong, LateToken right, LateToken wronglyNamed, Trail number) {}

    SearchUnderName(ProbeTokens tokens, String grant, Question question) {
        this.conditional = question.conditional();
        for (Trail trail : question.searched()) {
            List<String> name = List.of(grant, trail.cell());
            names.add(new Cells(
                    tokens.token("grant/wrong-under-name", name),
                    new LateToken(() -> tokens.token("grant/right-under-name", name)),
                    new LateToken(() -> tokens.token("grant/names-of-number", List.of(grant, trail.item()))),
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
                if (wrong >= limits.wrongWith(rights)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The question was answered with a yes: whatever names its number was asked under before were slips, and the number is no
     * candidate for whoever bears them. Only who knows the right name learns of it so. Only for names of persons: of other
     * values there may be so few that the right one is found by trying. Yeses are counted only for names under which much was
     * wrong: most see nothing of it.
     */
    void right(ProbeMemory.Unit unit, Tried tried, ProbingLimits.UnderName limits) {
        for (Cells name : names) {
            if (name.number().likeness().isOfPerson() && tried.isTriedWithNumber()) {
                String slips = name.wronglyNamed().get();
                unit.entries(List.of(slips), tried.since())
                        .getOrDefault(slips, List.of())
                        .forEach(slip -> unit.forget(slip.item(), name.number().item()));
                unit.forget(slips);
            }
            int wrong = size(name.wrong(), tried.entries());
            if (wrong > 0 && name.number().likeness().isOfPerson()) {
                wrong -= corrected(unit, tried, name);
            }
            if (wrong >= limits.wrong() / 3) {
                unit.enter(name.right().get(), new ProbeEntry(name.number().item(), "", tried.now()));
            }
        }
    }

    /**
     * Forgives what was asked under the name wrongly and is nearly the right number: a slip that is corrected now. To have a
     * candidate forgiven one would have to know somebody of the name whose number is nearly the candidate.
     */
    private static int corrected(ProbeMemory.Unit unit, Tried tried, Cells name) {
        int corrected = 0;
        for (ProbeEntry entry : tried.entries().getOrDefault(name.wrong(), List.of())) {
            if (Likeness.isSlip(entry.sketch(), name.number().sketch())) {
                unit.forget(name.wrong(), entry.item());
                corrected++;
            }
        }
        return corrected;
    }

    /** The question was answered with a no. */
    void wrong(ProbeMemory.Unit unit, Side side, Instant now) {
        for (Cells name : names) {
            String cell = side.of(name.wrong());
            unit.enter(cell, new ProbeEntry(name.number().item(), name.number().sketch(), now));
            unit.enter(name.wronglyNamed().get(), new ProbeEntry(cell, "", now));
        }
    }

    private static int size(String cell, Map<String, List<ProbeEntry>> entries) {
        return entries.getOrDefault(cell, List.of()).size();
    }
}
