package org.datareturn.guard.declaration;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/**
 * The least protection of a zone; a policy can tighten it, never loosen it.
 *
 * @param minGroupSize distinct subjects that must stand behind every released cell; at least 3
 * @param dominance how much of a sum the largest subjects may make up
 * @param rounding released counts and sums are multiples of this; at least 1
 * @param noise what is added beyond rounding
 * @param budget the privacy budget; present exactly when noise is {@link Noise#DP}
 * @param answerGrid answers leave at multiples of this after their question came; zero for at once
 */
public record ReleaseFloor(
        int minGroupSize,
        Dominance dominance,
        int rounding,
        Noise noise,
        Optional<Budget> budget,
        Duration answerGrid) {

    /** Longest {@code answer_grid} any zone may declare. */
    public static final Duration LONGEST_GRID = Duration.ofMinutes(1);

    /** Least {@code min_group_size} any zone may declare. */
    public static final int LEAST_GROUP_SIZE = 3;

    /** What decides of a value whether and how it leaves: group size, dominance, rounding and noise, in one word. */
    public String rules() {
        return String.join(
                "-",
                noise.name(),
                Integer.toString(minGroupSize),
                Integer.toString(dominance.largest()),
                Integer.toString(dominance.percent()),
                Integer.toString(rounding));
    }

    /**
     * The (n,k) dominance rule of statistical disclosure control.
     *
     * @param largest how many of the largest subjects are taken together
     * @param percent a sum of which they make up at least this share is not released
     */
    public record Dominance(int largest, int percent) {}

    /** What is added to released values. */
    public enum Noise {
        /** Nothing. */
        NONE,
        /** Noise fixed by the set of subjects. */
        STICKY,
        /** Differentially private noise paid from a budget. */
        DP
    }

    /**
     * A privacy budget.
     *
     * @param epsilon the whole of it
     * @param perQuery what a query costs
     * @param refresh after how long it is full again
     * @param organisation the whole of it for all analysts of an organisation together
     * @param delta when given, loss is counted as zero-concentrated differential privacy and {@code epsilon} holds
     *     with this δ; when not, it holds with pure ε-differential privacy
     * @param contribution how much of one subject a query uses, where a table has several rows of a subject
     */
    public record Budget(
            BigDecimal epsilon,
            BigDecimal perQuery,
            Period refresh,
            BigDecimal organisation,
            Optional<BigDecimal> delta,
            Contribution contribution) {}

    /**
     * The most of one subject that enters a differentially private answer.
     *
     * @param rows rows, over all groups of the answer
     * @param groups groups these rows may lie in
     */
    public record Contribution(int rows, int groups) {
        /** What holds when a zone declares nothing else. */
        public static final Contribution STANDARD = new Contribution(5, 3);
    }

    public ReleaseFloor {
        if (minGroupSize < LEAST_GROUP_SIZE || rounding < 1 || (noise == Noise.DP) != budget.isPresent()) {
            throw new IllegalArgumentException("not a floor: " + minGroupSize + ", " + rounding + ", " + noise);
        }
    }
}
