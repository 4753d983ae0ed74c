package org.datareturn.sandbox.watermark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.sandbox.keys.KeyedFunction;

/**
 * Finds whose copy a suspect table was made from, by correlating how far its cells were moved with the way each
 * candidate's copy was moved. It is a non-blind detector: the unmarked releases are kept for it.
 *
 * <p>Why an accusation can be trusted. Fix the suspect. Whoever had no part in it has marks s₁…sₙ that are fair coins
 * independent of it (that is what the pseudo-random function gives). Their score is Σ xᵢsᵢ with displacements xᵢ that do
 * not depend on them, so by Hoeffding (<i>Probability inequalities for sums of bounded random variables</i>, JASA 1963,
 * theorem 2) it reaches S with probability at most exp(−S² / 2Σxᵢ²); over all candidates the sum of these bounds holds
 * (Bonferroni). Only who stays under the stated limit is named. This is a bound for any suspect, however it was made,
 * and for any number of colluders on the other side. Codes in which all colluders are found at once (Tardos, <i>Optimal
 * probabilistic fingerprint codes</i>, J. ACM 2008) are not needed at the numbers of recipients a release has; relational
 * fingerprints as of Li, Swarup and Jajodia (<i>Fingerprinting relational databases</i>, IEEE TDSC 2005) mark a fraction
 * of cells, where this marks all.
 *
 * <p>The same inequality says when tracing is hopeless: even if every one of n cells agreed, the bound would be
 * exp(−n/2) for each candidate; below {@link #leastCells} cells nobody is named. Thread-safe.
 */
public final class WatermarkTracer {
    /** The usual limit for naming a wrong recipient: one in a million. */
    public static final double DEFAULT_LIMIT = 1e-6;

    private static final double SMALLEST_BOUND = 1e-300;

    private final Marks marks;
    private final double limit;

    /**
     * A tracer.
     *
     * @param key the key the tables were marked under
     * @param limit largest accepted probability of naming anybody wrongly, between 0 and 0.5
     */
    public WatermarkTracer(KeyedFunction key, double limit) {
        if (!(limit > 0 && limit <= 0.5)) {
            throw new IllegalArgumentException("the limit must lie between 0 and 0.5, was " + limit);
        }
        this.marks = new Marks(key);
        this.limit = limit;
    }

    /** Fewest cells that can name one of so many candidates, if every cell agrees. */
    public int leastCells(int candidates) {
        return (int) Math.ceil(2 * Math.log(candidates / limit));
    }

    /**
     * Traces a suspect table.
     *
     * @param suspectCsv RFC 4180 text with a header line; rows may be missing, repeated, reordered or altered, columns
     *     missing, renamed or reordered, values rounded
     * @param candidates every copy that could be its source; the bound counts all of them
     */
    public Tracing trace(String suspectCsv, List<ReleaseCandidate> candidates) {
        if (candidates.isEmpty()) {
            return new Tracing.NotTraced(Tracing.Why.NO_CANDIDATES, 0, leastCells(1));
        }
        Optional<SuspectTable> suspect = SuspectTable.parse(suspectCsv);
        if (suspect.isEmpty()) {
            return new Tracing.NotTraced(Tracing.Why.UNREADABLE, 0, leastCells(candidates.size()));
        }
        // Copies of one release share the alignment, which is most of the work.
        Map<NeutralTable, Map<Alignment.Cell, Double>> aligned = new HashMap<>();
        List<Score> scores = new ArrayList<>();
        for (ReleaseCandidate candidate : candidates) {
            Map<Alignment.Cell, Double> displacements = aligned.computeIfAbsent(
                    candidate.unmarked(), unmarked -> Alignment.displacements(suspect.get(), unmarked));
            scores.add(score(candidate, displacements));
        }
        return judge(scores);
    }

    private record Score(ReleaseCandidate candidate, int cells, double correlation, double exponent) {}

    private Score score(ReleaseCandidate candidate, Map<Alignment.Cell, Double> displacements) {
        double sum = 0;
        double squares = 0;
        double weight = 0;
        for (Map.Entry<Alignment.Cell, Double> moved : displacements.entrySet()) {
            double by = moved.getValue();
            if (by != 0) {
                Alignment.Cell cell = moved.getKey();
                sum += by * marks.direction(candidate.release(), candidate.recipient(), cell.rowKey(), cell.column());
                squares += by * by;
                weight += Math.abs(by);
            }
        }
        double exponent = sum > 0 ? sum * sum / (2 * squares) : 0;
        return new Score(candidate, displacements.size(), weight == 0 ? 0 : sum / weight, exponent);
    }

    private Tracing judge(List<Score> scores) {
        int needed = leastCells(scores.size());
        int cells = scores.stream().mapToInt(Score::cells).max().orElse(0);
        List<Tracing.Accusation> accused = scores.stream()
                .filter(score -> bound(score, scores.size()) <= limit)
                .sorted(Comparator.comparingDouble(Score::exponent).reversed())
                .map(score -> new Tracing.Accusation(
                        score.candidate().recipient(),
                        score.candidate().release(),
                        score.correlation(),
                        bound(score, scores.size())))
                .toList();
        if (accused.isEmpty()) {
            Tracing.Why why = cells == 0
                    ? Tracing.Why.NO_COMMON_CELLS
                    : cells < needed ? Tracing.Why.TOO_FEW_CELLS : Tracing.Why.NO_EVIDENCE;
            return new Tracing.NotTraced(why, cells, needed);
        }
        Tracing.Accusation first = accused.getFirst();
        return new Tracing.Traced(
                first.recipient(),
                first.release(),
                first.score(),
                first.falseAccusationBound(),
                cells,
                accused.subList(1, accused.size()));
    }

    private static double bound(Score score, int candidates) {
        return Math.clamp(candidates * Math.exp(-score.exponent()), SMALLEST_BOUND, 1);
    }
}
