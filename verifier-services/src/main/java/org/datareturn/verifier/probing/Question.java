package org.datareturn.verifier.probing;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.tokens.ProbeTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * A well-formed question as the limits see it: tokens only. Two questions are the same when their normal forms are.
 * Immutable.
 *
 * @param product the product's name
 * @param token the whole question, what conditions ask included
 * @param subject the subject, as the ledger knows it
 * @param trails how it bears on persons
 * @param searched the trails under which a grant may search by numbers unlike each other
 * @param asked what conditions ask of the subject, for products that have such fields
 * @param crowd what else is asked of the county and year of the subject, for lists of identification numbers
 * @param truthfulNo whether an honest no is ordinary and cannot be told from a wrong value, as between two persons who are
 *     not married: then only further candidates for one person are misses
 * @param conditional whether somebody identified may be answered no, so that two kinds of no are remembered in the same steps
 * @param interval how long the same question may not be asked again under one grant
 */
public record Question(
        String product,
        String token,
        String subject,
        List<Trail> trails,
        List<Trail> searched,
        List<Trail> asked,
        Optional<String> crowd,
        boolean truthfulNo,
        boolean conditional,
        Duration interval) {
    public Question {
        trails = List.copyOf(trails);
        searched = List.copyOf(searched);
        asked = List.copyOf(asked);
    }

    /**
     * The question of a request.
     *
     * @param identity what names the record, the subject first
     * @param matches what must agree, in the order declared
     * @param conditions what is asked beside, in the order declared
     * @param today the day it is asked
     */
    public static Question of(
            ProductDeclaration product,
            List<NormalValue> identity,
            List<NormalValue> matches,
            List<NormalValue> conditions,
            LocalDate today,
            SubjectTokens keys) {
        ProbeTokens tokens = keys.probes();
        List<NormalValue> identifying = new ArrayList<>(identity);
        identifying.addAll(matches);
        List<String> parts = new ArrayList<>(List.of(product.name()));
        identifying.forEach(value -> parts.add(value.plain()));
        conditions.forEach(value -> parts.add(value.plain()));
        TrailPlan plan = new TrailPlan(product, identifying, tokens);
        String subject = keys.subject(identity.getFirst()).hex();
        return new Question(
                product.name(),
                tokens.token("question", parts),
                subject,
                plan.trails(),
                plan.searched(),
                AskedConditions.trails(product, subject, conditions, today, tokens),
                plan.crowd(),
                plan.hasTruthfulNo(),
                !product.conditions().isEmpty() || !product.asksForName(),
                product.requeryInterval());
    }

    /** The cells whose entries decide about it. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        trails.forEach(trail -> cells.add(trail.cell()));
        asked.forEach(trail -> cells.add(trail.cell()));
        if (conditional) {
            trails.forEach(trail -> cells.add(Side.ASIDE.of(trail.cell())));
        }
        return cells;
    }
}
