package org.datareturn.verifier.probing;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.tokens.ProbeTokens;
import org.datareturn.verifier.tokens.SubjectToken;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * A well-formed question as the limits see it: tokens only. Two questions are the same when their normal forms are.
 * Thread-safe.
 */
public final class Question {
    private final String product;
    private final LateToken token;
    private final SubjectToken who;
    private final List<Trail> trails;
    private final List<Trail> searched;
    private final List<Trail> asked;
    private final Optional<String> crowd;
    private final boolean truthfulNo;
    private final boolean conditional;
    private final Duration interval;
    private final List<String> cells;

    private Question(ProductDeclaration product, LateToken token, SubjectToken who, TrailPlan plan, List<Trail> asked) {
        this.product = product.name();
        this.token = token;
        this.who = who;
        this.trails = List.copyOf(plan.trails());
        this.searched = List.copyOf(plan.searched());
        this.asked = List.copyOf(asked);
        this.crowd = plan.crowd();
        this.truthfulNo = plan.hasTruthfulNo();
        this.conditional = !product.conditions().isEmpty() || !product.asksForName();
        this.interval = product.requeryInterval();
        this.cells = cells(trails, asked, conditional);
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
        SubjectToken who = keys.subject(identity.getFirst());
        return new Question(
                product,
                new LateToken(() -> whole(product, identifying, conditions, tokens)),
                who,
                new TrailPlan(product, identifying, tokens),
                AskedConditions.trails(product, who.hex(), conditions, today, tokens));
    }

    private static String whole(
            ProductDeclaration product,
            List<NormalValue> identifying,
            List<NormalValue> conditions,
            ProbeTokens tokens) {
        List<String> parts = new ArrayList<>(List.of(product.name()));
        identifying.forEach(value -> parts.add(value.plain()));
        conditions.forEach(value -> parts.add(value.plain()));
        return tokens.token("question", parts);
    }

    private static List<String> cells(List<Trail> trails, List<Trail> asked, boolean conditional) {
        List<String> cells = new ArrayList<>();
        for (Trail trail : trails) {
            cells.add(trail.cell());
            if (conditional) {
                cells.add(Side.ASIDE.of(trail.cell()));
            }
        }
        asked.forEach(trail -> cells.add(trail.cell()));
        return List.copyOf(cells);
    }

    /** The product's name. */
    public String product() {
        return product;
    }

    /** Whom it is about, as the ledger knows them. */
    public SubjectToken who() {
        return who;
    }

    /** Whom it is about, in hexadecimal. */
    String subject() {
        return who.hex();
    }

    /** The whole question, what conditions ask included. */
    String token() {
        return token.get();
    }

    /** How it bears on persons. */
    List<Trail> trails() {
        return trails;
    }

    /** The trails under which a grant may search by numbers unlike each other. */
    List<Trail> searched() {
        return searched;
    }

    /** What conditions ask of the subject, for products that have such fields. */
    List<Trail> asked() {
        return asked;
    }

    /** What else is asked of the county and year of the subject, for lists of identification numbers. */
    Optional<String> crowd() {
        return crowd;
    }

    /**
     * Whether an honest no is ordinary and cannot be told from a wrong value, as between two persons who are not married:
     * then only further candidates for one person are misses.
     */
    boolean truthfulNo() {
        return truthfulNo;
    }

    /** Whether somebody identified may be answered no, so that two kinds of no are remembered in the same steps. */
    boolean conditional() {
        return conditional;
    }

    /** How long the same question may not be asked again under one grant. */
    Duration interval() {
        return interval;
    }

    /** The cells whose entries decide about it. */
    List<String> cells() {
        return cells;
    }
}
