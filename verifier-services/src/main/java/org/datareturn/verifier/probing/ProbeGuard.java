package org.datareturn.verifier.probing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.tokens.ProbeTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Stands between every question and the registry, so that a person's data cannot be found out by trying.
 *
 * <p>What is limited is the number of distinct wrong candidates that are answered about one person, whoever asks, through
 * whatever product and however slowly; a person for whom it is reached is closed for checks, right or wrong, until the
 * candidates have been forgotten. Questions about one person are taken one after the other, so that many sent at once get
 * no more than many sent in turn. Quotas, shares of misses and points for asking about closed persons or canaries follow
 * the operator and the grant. What may be learned through the limits is only what the answers had already told.
 *
 * <p>Thread-safe.
 */
public final class ProbeGuard {
    private static final long SWEPT_EVERY_SECONDS = 10;
    /** So many operators' cells are kept at hand. */
    private static final int MOST_ASKERS = 10_000;

    private final ProbingLimits limits;
    private final ProbeMemory memory;
    private final ProbeTokens probes;
    private final Canaries canaries;
    private final RiskEvents events;
    private final Clock clock;
    private final Answering answering;
    private final Map<Asker, AskerCells> cellsOfAskers = new ConcurrentHashMap<>();
    /** When what may come once was last swept; each server sweeps for all of them. */
    private final AtomicLong sweptAtSecond = new AtomicLong(Instant.MIN.getEpochSecond());

    /**
     * A guard.
     *
     * @param memory where it remembers; shared by all servers of a node
     * @param keys make the tokens of whatever it must know again
     * @param clock says when; never runs backwards
     */
    public ProbeGuard(
            ProbingLimits limits,
            ProbeMemory memory,
            SubjectTokens keys,
            Canaries canaries,
            RiskEvents events,
            Clock clock) {
        this.limits = limits;
        this.memory = memory;
        this.probes = keys.probes();
        this.canaries = canaries;
        this.events = events;
        this.clock = clock;
        this.answering = new Answering(limits);
    }

    /** A question as it is asked under one grant; asks nothing and counts nothing. */
    public Posed posed(Asker asker, Question question) {
        return new Posed(question, asker.grant(), probes);
    }

    /**
     * Asks a question under the limits.
     *
     * @param lookUp finds the answer; not called when a limit forbids it, and again when the unit of work is done again
     * @param bearing what an answer is to a searcher
     */
    public <T> Guarded<T> ask(Asker asker, Question question, Supplier<T> lookUp, Function<T, Bearing> bearing) {
        return alone(
                asker,
                question.product(),
                new Asked.WellFormed<>(asker.stamp(), posed(asker, question), lookUp),
                bearing);
    }

    /**
     * Counts a request that was never looked up, because a value in it cannot be: it costs quota, and distinct ones count
     * as misses of the operator.
     *
     * @param request the request as sent, part by part
     * @param refusal why it was not looked up
     */
    public <T> Guarded<T> malformed(Asker asker, String product, List<String> request, Refusal refusal) {
        return alone(
                asker, product, new Asked.Malformed<T>(asker.stamp(), request, refusal), nothing -> Bearing.NOTHING);
    }

    private <T> Guarded<T> alone(Asker asker, String product, Asked<T> asked, Function<T, Bearing> bearing) {
        return askAll(asker, product, List.of(asked), bearing, outcome -> false, outcomes -> Optional.empty())
                .getFirst();
    }

    /**
     * Asks many questions of one product in one unit of work: each is decided as if it had been asked alone, after those
     * before it, and all that is remembered of them is kept together or not at all.
     *
     * @param asked questions posed under the asker's grant
     * @param bearing what an answer is to a searcher
     * @param last which outcome is the last: after it nothing is asked any more
     * @param keeping what to keep together with the work, once the outcomes are known; may be called again when the unit is
     *     done again
     * @return an outcome for each question, in order, up to the last
     */
    public <T> List<Guarded<T>> askAll(
            Asker asker,
            String product,
            List<Asked<T>> asked,
            Function<T, Bearing> bearing,
            Predicate<Guarded<T>> last,
            Function<List<Guarded<T>>, Optional<KeptPage>> keeping) {
        List<Posed> questions = new ArrayList<>(asked.size());
        Set<String> subjects = new HashSet<>();
        List<String> about = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (Asked<T> one : asked) {
            if (one instanceof Asked.WellFormed<T> sound) {
                Posed posed = sound.question();
                if (!posed.grant().equals(asker.grant())) {
                    throw new IllegalArgumentException("a question posed under another grant");
                }
                questions.add(posed);
                subjects.add(posed.question().subject());
                about.addAll(posed.question().cells());
                read.addAll(posed.cells());
            }
        }
        about.addAll(subjects);
        // Before the unit begins: a unit holds what it works with, and must not wait for more of it.
        Set<String> planted = canaries.among(subjects);
        AskerCells cells = cells(asker);
        record Together<T>(List<Guarded<T>> outcomes, List<RiskEvent> raised) {}
        Together<T> together = memory.alone(about, kept -> {
            List<RiskEvent> raised = new ArrayList<>();
            TogetherUnit unit = new TogetherUnit(kept);
            Instant now = clock.instant();
            Standing first = new Standing(limits, unit, probes, asker, cells, product, now, raised);
            sweep(kept);
            unit.once(stamped(asked, first, unit.onceSince(), now));
            unit.read(read);
            first.expect(questions);
            List<Guarded<T>> outcomes = new ArrayList<>(asked.size());
            for (Asked<T> one : asked) {
                Standing standing =
                        new Standing(limits, unit, probes, asker.by(one.stamp()), cells, product, now, raised);
                Guarded<T> outcome = oneOf(unit, standing, one, planted, now, bearing);
                outcomes.add(outcome);
                if (last.test(outcome)) {
                    break;
                }
            }
            unit.finish();
            keeping.apply(outcomes).ifPresent(kept::keep);
            return new Together<>(outcomes, raised);
        });
        together.raised().forEach(events::raised);
        return together.outcomes();
    }

    /** The cells of an asker: the same few ask again and again. */
    private AskerCells cells(Asker asker) {
        if (cellsOfAskers.size() >= MOST_ASKERS) {
            cellsOfAskers.clear();
        }
        return cellsOfAskers.computeIfAbsent(
                new Asker(asker.organisation(), asker.operator(), asker.grant()), who -> new AskerCells(probes, who));
    }

    private Standing standing(Asker asker, ProbeMemory.Unit unit) {
        return new Standing(limits, unit, probes, asker, cells(asker), "", clock.instant(), new ArrayList<>());
    }

    /** What the requests that may come once are known by, with when they were sent. */
    private static <T> Map<String, Instant> stamped(
            List<Asked<T>> asked, Standing standing, Instant since, Instant now) {
        Map<String, Instant> sent = new HashMap<>();
        for (Asked<T> one : asked) {
            one.stamp()
                    .filter(stamp -> stamp.isWithinWindow(now) && stamp.sentAt().isAfter(since))
                    .ifPresent(stamp -> sent.put(standing.requestToken(stamp), stamp.sentAt()));
        }
        return sent;
    }

    private <T> Guarded<T> oneOf(
            ProbeMemory.Unit unit,
            Standing standing,
            Asked<T> asked,
            Set<String> planted,
            Instant now,
            Function<T, Bearing> bearing) {
        return switch (asked) {
            case Asked.WellFormed<T>(Optional<RequestStamp> stamp, Posed posed, Supplier<T> lookUp) ->
                standing.<T>barred()
                        .or(standing::stale)
                        .or(() -> standing.spent(Optional.of(posed)))
                        .orElseGet(() -> answering.answer(
                                unit,
                                standing,
                                posed,
                                now,
                                planted.contains(posed.question().subject()),
                                lookUp,
                                bearing));
            case Asked.Malformed<T>(Optional<RequestStamp> stamp, List<String> request, Refusal refusal) ->
                standing.<T>barred()
                        .or(standing::stale)
                        .or(() -> standing.spent(Optional.empty()))
                        .orElseGet(() -> {
                            standing.missed(probes.token("malformed", request), Side.COUNTED);
                            return new Guarded.Refused<>(refusal);
                        });
        };
    }

    /**
     * Why an asker gets nothing that nobody can look into, if so: itself or its grant is suspended for enumerating, or it is
     * throttled. Counts nothing.
     */
    public Optional<Refusal> barred(Asker asker) {
        return memory.alone(Set.of(), unit -> {
            Standing standing = standing(asker, unit);
            return standing.barred().or(standing::throttled).flatMap(ProbeGuard::refusal);
        });
    }

    /**
     * Why a stamped request is not taken, if it is not: it was sent before, or too long ago. Of two that are the same, one is
     * taken. Counts nothing.
     */
    public Optional<Refusal> stale(Asker asker) {
        return memory.alone(Set.of(), unit -> {
            sweep(unit);
            Standing standing = standing(asker, unit);
            return standing.stale().flatMap(ProbeGuard::refusal);
        });
    }

    private void sweep(ProbeMemory.Unit unit) {
        Instant now = clock.instant();
        long last = sweptAtSecond.get();
        boolean due = now.getEpochSecond() - last >= SWEPT_EVERY_SECONDS;
        if (due && sweptAtSecond.compareAndSet(last, now.getEpochSecond())) {
            unit.forgetOnceBefore(now.minus(RequestStamp.KEPT));
        }
    }

    private static Optional<Refusal> refusal(Guarded<Object> found) {
        return switch (found) {
            case Guarded.Suspended<Object>(Refusal refusal) -> Optional.of(refusal);
            case Guarded.Refused<Object>(Refusal refusal) -> Optional.of(refusal);
            case Guarded.Answered<Object> answered -> Optional.empty();
        };
    }

    /** An officer trusts a grant again: its suspension is lifted, and that of every operator suspended under it. */
    public void lift(String grant) {
        Asker nobody = new Asker("", "", grant);
        memory.alone(Set.of(), unit -> {
            standing(nobody, unit).lift();
            return true;
        });
    }
}
