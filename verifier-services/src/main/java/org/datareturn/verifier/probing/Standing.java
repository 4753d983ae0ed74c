package org.datareturn.verifier.probing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.AskerCells.Kind;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * Where one operator and his grant stand, during one question: their quotas, points and suspensions. For one thread.
 */
final class Standing {
    private static final Instant EVER = Instant.EPOCH;
    private static final int PERCENT = 100;
    private static final int HEXADECIMAL = 16;
    /** Quotas of thousands need not be kept to the call on every server. */
    private static final int LOOSE = 512;

    /** What shares of misses are held against is written more often: left behind, it makes an agency look worse. */
    private static final int SHARED_SLACK = 64;

    private static final int SUBJECT_SLACK = 16;
    private static final int EXACT = 0;

    private final ProbingLimits limits;
    private final ProbeMemory.Unit unit;
    private final ProbeTokens tokens;
    private final Asker asker;
    private final AskerCells cells;
    private final String product;
    private final Instant now;
    private final List<RiskEvent> raised;

    private final Map<String, List<ProbeEntry>> measures;
    private QuotaLeft left = new QuotaLeft(0, 0);

    Standing(
            ProbingLimits limits,
            ProbeMemory.Unit unit,
            ProbeTokens tokens,
            Asker asker,
            AskerCells cells,
            String product,
            Instant now,
            List<RiskEvent> raised) {
        this.limits = limits;
        this.unit = unit;
        this.tokens = tokens;
        this.asker = asker;
        this.cells = cells;
        this.product = product;
        this.now = now;
        this.raised = raised;
        this.measures = unit.entries(
                List.of(
                        cells.ofGrant(Kind.SUSPENDED),
                        cells.ofOperator(Kind.SUSPENDED),
                        cells.ofOperator(Kind.THROTTLED)),
                EVER);
    }

    /** Says which subjects' quotas will be counted. */
    void expect(Collection<Posed> questions) {
        long day = day();
        unit.expect(
                questions.stream().map(one -> one.subjectCalls() + (day & 1)).toList(), day);
    }

    /** The refusal of who is suspended. */
    <T> Optional<Guarded<T>> barred() {
        if (holds(cells.ofGrant(Kind.SUSPENDED), EVER)) {
            return Optional.of(new Guarded.Suspended<>(Refusal.of(VerifierReason.GRANT_SUSPENDED_FOR_PROBING)));
        }
        if (holds(cells.ofOperator(Kind.SUSPENDED), EVER)) {
            return Optional.of(new Guarded.Suspended<>(Refusal.of(VerifierReason.OPERATOR_SUSPENDED)));
        }
        return Optional.empty();
    }

    /** The refusal of who is throttled, where nothing is answered rather than little. */
    <T> Optional<Guarded<T>> throttled() {
        return holds(cells.ofOperator(Kind.THROTTLED), windowStart())
                ? Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.OPERATOR_THROTTLED)))
                : Optional.empty();
    }

    /** The refusal of a request that was sent before, or too long ago; counts nothing but the request itself. */
    <T> Optional<Guarded<T>> stale() {
        if (asker.stamp().isEmpty()) {
            return Optional.empty();
        }
        RequestStamp stamp = asker.stamp().get();
        if (!stamp.isWithinWindow(now)) {
            return Optional.of(new Guarded.Refused<>(
                    Refusal.of(VerifierReason.REQUEST_OUTSIDE_WINDOW, Long.toString(RequestStamp.WINDOW.toSeconds()))));
        }
        if (!stamp.sentAt().isAfter(unit.onceSince())) {
            return Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.REQUEST_BEFORE_START)));
        }
        return unit.once(requestToken(stamp), stamp.sentAt())
                ? Optional.empty()
                : Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.REQUEST_REPEATED)));
    }

    /** What a request of this operator that may come once is known by. */
    String requestToken(RequestStamp stamp) {
        return tokens.token("request", List.of(asker.organisation(), asker.operator(), stamp.nonce()));
    }

    /** Spends one call of every quota it counts against; a refusal when one of them is used up. */
    <T> Optional<Guarded<T>> spent(Optional<Posed> question) {
        ProbingLimits.Quotas quotas = limits.quotas();
        long day = day();
        long operatorCalls = count(cells.ofOperator(Kind.CALLS), day, 1, slack(quotas.operatorPerDay()));
        if (operatorCalls > quotas.operatorPerDay()) {
            return Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.OPERATOR_QUOTA_USED_UP)));
        }
        long grantMost = Math.min(quotas.grantPerDay(), asker.grantCallsPerDay().orElse(quotas.grantPerDay()));
        long grantCalls = count(cells.ofGrant(Kind.CALLS), day, 1, slack(grantMost));
        if (grantCalls > grantMost) {
            return Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.GRANT_QUOTA_USED_UP)));
        }
        left = new QuotaLeft(grantMost - grantCalls, quotas.operatorPerDay() - operatorCalls);
        long aboutSubject = question.map(one -> count(one.subjectCalls(), day, 1, SUBJECT_SLACK))
                .orElse(0L);
        if (aboutSubject <= limits.misses().callsPerSubject()) {
            count(cells.ofOperator(Kind.CALLS_SHARED), day, 1, SHARED_SLACK);
        }
        if (aboutSubject > quotas.subjectPerDay()) {
            return Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.SUBJECT_QUOTA_USED_UP)));
        }
        if (holds(cells.ofOperator(Kind.THROTTLED), windowStart())
                && count(cells.ofOperator(Kind.THROTTLED_CALLS), hour(), 1, EXACT)
                        > limits.risk().throttledPerHour()) {
            return Optional.of(new Guarded.Refused<>(Refusal.of(VerifierReason.OPERATOR_THROTTLED)));
        }
        return Optional.empty();
    }

    /** What is left of the quotas of operator and grant, once a call is spent. */
    QuotaLeft left() {
        return left;
    }

    /** Never more than a hundredth of the quota. */
    private static int slack(long most) {
        return Math.toIntExact(Math.min(LOOSE, most / PERCENT));
    }

    /**
     * A distinct question missed.
     *
     * @param side {@link Side#ASIDE} when it did not, and only the work is the same
     */
    void missed(String question, Side side) {
        String missed = side.of(cells.ofOperator(Kind.MISSED));
        if (!unit.enter(missed, new ProbeEntry(question, "", now))) {
            return;
        }
        String shared = cells.ofOperator(Kind.CALLS_SHARED);
        long misses = count(missed, day(), 1, EXACT) + count(missed, day() - 1, 0, EXACT);
        long calls = count(shared, day(), 0, EXACT) + count(shared, day() - 1, 0, EXACT);
        ProbingLimits.Misses share = limits.misses();
        long later = later();
        if (side == Side.ASIDE) {
            return;
        }
        if (misses >= share.suspendAt() + later && misses * PERCENT >= calls * share.suspendPercent()) {
            suspendOperator();
        } else if (misses >= share.throttleAt() + later && misses * PERCENT >= calls * share.throttlePercent()) {
            throttle();
        }
    }

    /**
     * By how many misses an operator is met later than another, differently each day: whoever stops one short of the bound
     * to learn from the next no whether it was a miss, does not know where the bound is.
     */
    private long later() {
        String token = tokens.token("operator/later", List.of(cells.operator(), "" + day()));
        return Integer.parseInt(token, 0, 1, HEXADECIMAL);
    }

    /** A subject was closed by this question. */
    void closed(Question question) {
        raise(RiskEvent.Kind.SUBJECT_CLOSED);
        String cell = cells.ofGrant(Kind.CLOSED);
        unit.enter(cell, new ProbeEntry(question.subject(), "", now));
        if (size(cell, windowStart()) >= limits.risk().grantSubjects()) {
            suspendGrant();
        }
    }

    /** Something was closed for which nobody is suspected. */
    void closedUnscored() {
        raise(RiskEvent.Kind.SUBJECT_CLOSED);
    }

    /** One of the last candidates before a subject is closed missed: a near miss. */
    void nearMiss(Question question) {
        score(question.token(), 1);
    }

    /** A closed subject was asked about. */
    void askedClosed(Question question) {
        score(question.token(), 1);
    }

    /**
     * A name was asked for under which a grant has asked wrongly too often. Not scored: slips of many clerks may have made the
     * same name of many, and no more is answered under it whoever asks; the officer sees it, once a name.
     */
    void askedClosedName(SearchUnderName search) {
        for (String name : search.cells()) {
            if (unit.enter(cells.ofGrant(Kind.NAMES_USED_UP), new ProbeEntry(name, "", now))) {
                raise(RiskEvent.Kind.SUBJECT_CLOSED);
            }
        }
    }

    /**
     * A subject was asked for one value of a condition too many. Not scored: an agency whose work needs another period is
     * no attacker; the officer sees it, once a subject.
     */
    void askedTooManyConditions(Question question) {
        if (unit.enter(cells.ofGrant(Kind.CONDITIONS_USED_UP), new ProbeEntry(question.subject(), "", now))) {
            raise(RiskEvent.Kind.SUBJECT_CLOSED);
        }
    }

    /** How much was asked of a list about one county and year of birth. */
    long crowd(String crowd, long by) {
        return unit.tally(crowd, 0, by, SUBJECT_SLACK);
    }

    /** A canary was asked about. */
    void askedCanary(Question question) {
        if (score(question.subject(), limits.risk().canaryPoints())) {
            raise(RiskEvent.Kind.CANARY_ASKED);
        }
    }

    /** Points for something that was not scored before. */
    private boolean score(String item, int points) {
        String own = cells.ofOperator(Kind.POINTS);
        String shared = cells.ofGrant(Kind.POINTS);
        boolean fresh = false;
        for (int i = 0; i < points; i++) {
            fresh |= unit.enter(own, new ProbeEntry(tokens.token("point", List.of(item, "" + i)), "", now));
            unit.enter(shared, new ProbeEntry(tokens.token("point", List.of(item, "" + i)), "", now));
        }
        if (!fresh) {
            return false;
        }
        int scored = size(own, windowStart());
        if (scored >= limits.risk().suspendPoints()) {
            suspendOperator();
        } else if (scored >= limits.risk().throttlePoints()) {
            throttle();
        }
        if (size(shared, windowStart()) >= limits.risk().grantPoints()) {
            suspendGrant();
        }
        return true;
    }

    /** An officer trusts the grant again: it begins anew, and so does every operator who was suspended under it. */
    void lift() {
        String suspended = cells.ofGrant(Kind.OPERATORS_SUSPENDED);
        for (ProbeEntry entry : unit.entries(List.of(suspended), EVER).getOrDefault(suspended, List.of())) {
            for (Kind kind : List.of(Kind.SUSPENDED, Kind.THROTTLED, Kind.POINTS)) {
                unit.forget(AskerCells.ofOperator(tokens, entry.item(), kind));
            }
        }
        unit.forget(suspended);
        unit.forget(cells.ofGrant(Kind.SUSPENDED));
        unit.forget(cells.ofGrant(Kind.POINTS));
        unit.forget(cells.ofGrant(Kind.CLOSED));
    }

    private void throttle() {
        String cell = cells.ofOperator(Kind.THROTTLED);
        if (size(cell, windowStart()) == 0) {
            unit.renew(cell, new ProbeEntry(cells.operator(), "", now));
            raise(RiskEvent.Kind.OPERATOR_THROTTLED);
        }
    }

    private void suspendOperator() {
        if (!unit.enter(cells.ofOperator(Kind.SUSPENDED), new ProbeEntry(cells.operator(), "", now))) {
            return;
        }
        raise(RiskEvent.Kind.OPERATOR_SUSPENDED);
        String cell = cells.ofGrant(Kind.OPERATORS_SUSPENDED);
        unit.renew(cell, new ProbeEntry(cells.operator(), "", now));
        if (size(cell, windowStart()) >= limits.risk().grantOperators()) {
            suspendGrant();
        }
    }

    private void suspendGrant() {
        if (unit.enter(cells.ofGrant(Kind.SUSPENDED), new ProbeEntry(cells.operator(), "", now))) {
            raise(RiskEvent.Kind.GRANT_SUSPENDED);
        }
    }

    /** Whether a measure was in force when the question came. */
    private boolean holds(String measure, Instant since) {
        return measures.getOrDefault(measure, List.of()).stream()
                .anyMatch(entry -> !entry.at().isBefore(since));
    }

    private void raise(RiskEvent.Kind kind) {
        raised.add(new RiskEvent(kind, asker, product, now));
    }

    private int size(String cell, Instant since) {
        return unit.entries(List.of(cell), since).getOrDefault(cell, List.of()).size();
    }

    /** Even and odd buckets are counted apart, so that the last bucket can still be read in this one. */
    private long count(String counter, long bucket, long by, int slack) {
        return unit.tally(counter + (bucket & 1), bucket, by, slack);
    }

    private Instant windowStart() {
        return now.minus(limits.risk().window());
    }

    private long day() {
        return ChronoUnit.DAYS.between(EVER, now);
    }

    private long hour() {
        return ChronoUnit.HOURS.between(EVER, now);
    }
}
