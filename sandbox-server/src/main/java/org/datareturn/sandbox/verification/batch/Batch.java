package org.datareturn.sandbox.verification.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.ledger.RowTree;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.sandbox.road.Call;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.LookedUp;
import org.datareturn.verifier.VerificationOutcome;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.Verifier;
import org.datareturn.verifier.probing.KeptPage;
import org.jspecify.annotations.Nullable;

/**
 * One batch on one stream. Each chunk walks the road by itself, under one entry of the record, which commits to every row.
 * What is answered is kept in one transaction with what it cost, before it is recorded and sent; so whatever breaks,
 * a row is counted once. Chunks may be checked at the same time, each in its {@link Turn}.
 */
public final class Batch implements AutoCloseable {
    private static final int DIGEST_DIGITS = 32;
    /** So often a chunk is sorted anew because another stream of the batch was faster; each time that stream went on. */
    private static final int MOST_RIVALS = 32;

    private final BatchService.Parts parts;
    private final Credentials credentials;
    private final BatchOpening opening;
    private final StreamPlaces.Place place;
    private final Map<Long, AnsweredPage> opened = new LinkedHashMap<>();
    private final Set<Long> recorded = new HashSet<>();
    // Of the chunk whose turn it is.
    private @Nullable AnsweredRows answered;
    private boolean admitted;
    /** Whether nothing of the batch was answered before: then all rows of a chunk can be looked up before its turn. */
    private volatile boolean isNew;

    Batch(BatchService.Parts parts, Credentials credentials, BatchOpening opening) {
        this.parts = parts;
        this.credentials = credentials;
        this.opening = opening;
        this.place = parts.places().place();
    }

    /** What is wrong with a chunk, if anything. */
    public static Optional<Refusal> fault(BatchOpening opening, List<BatchRow> rows, long after) {
        boolean sound = !rows.isEmpty() && rows.size() <= BatchService.CHUNK_ROWS;
        long last = after;
        for (BatchRow row : rows) {
            sound &= row.row() > last && row.values().size() == opening.fields().size();
            last = row.row();
        }
        return sound
                ? Optional.empty()
                : Optional.of(Refusal.of(BatchReason.BATCH_ROWS, Integer.toString(BatchService.CHUNK_ROWS)));
    }

    /**
     * Checks a chunk.
     *
     * @param rows without {@link #fault}
     * @param turn is told when every row is decided
     * @return answers to the rows, or to the first of them; at least one, else the refusal of the first
     * @throws LedgerUnavailableException when it could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<BatchAnswers>> check(List<BatchRow> rows, Turn turn) throws LedgerUnavailableException {
        TraceId trace = TraceId.randomOfChunk(parts.random());
        List<String> digests = rows.parallelStream().map(this::digest).toList();
        Call call = new Call(
                opening.grantId(),
                new Ask.Verify(
                        opening.product(),
                        Set.copyOf(opening.fields()),
                        opening.purpose().orElseThrow(),
                        opening.region()),
                opening.product(),
                digests);
        return parts.pipeline()
                .travel(credentials, trace, call, authorised -> check(authorised, trace, rows, digests, turn));
    }

    /** The stream is over: another one of its operator may take its place. */
    @Override
    public void close() {
        place.giveUp();
    }

    /** Keyed, over everything the answer depends on. */
    private String digest(BatchRow row) {
        List<String> all = new ArrayList<>(List.of("batch-row", opening.product(), opening.region()));
        for (int i = 0; i < opening.fields().size(); i++) {
            all.add(opening.fields().get(i));
            all.add(row.values().get(i));
        }
        return parts.digests().hexOf(all.toArray(String[]::new)).substring(0, DIGEST_DIGITS);
    }

    /** What was answered belongs to one operator, grant and opening: nobody else can ask for it. */
    private String book(Caller caller) {
        List<String> all = new ArrayList<>(List.of(
                "batch-book",
                caller.organisation(),
                caller.operator(),
                opening.grantId(),
                opening.product(),
                opening.purpose().orElseThrow().name(),
                opening.region(),
                opening.batchId()));
        all.addAll(opening.fields());
        return parts.digests().hexOf(all.toArray(String[]::new));
    }

    private Done<BatchAnswers> check(
            AuthorisedCall call, TraceId trace, List<BatchRow> rows, List<String> digests, Turn turn) {
        Optional<LookedUp> ahead = isNew ? Optional.of(lookUp(call, rows)) : Optional.empty();
        if (!turn.comes()) {
            return Done.refused(Refusal.of(BatchReason.BATCH_ENDED));
        }
        Done<BatchAnswers> done = decide(call, trace, rows, digests, ahead);
        if (done.outcome() instanceof Outcome.Answered<BatchAnswers>(BatchAnswers answers)
                && answers.rows().size() == rows.size()) {
            turn.decided();
        }
        return done;
    }

    private Done<BatchAnswers> decide(
            AuthorisedCall call, TraceId trace, List<BatchRow> rows, List<String> digests, Optional<LookedUp> ahead) {
        if (!admitted) {
            Optional<Refusal> stale =
                    parts.verifier().stale(call, opening.stamp().orElseThrow());
            if (stale.isPresent()) {
                return Done.refused(stale.get());
            }
            if (!place.take(call.input().caller())) {
                return Done.refused(Refusal.of(BatchReason.BATCH_STREAMS, Integer.toString(StreamPlaces.MOST)));
            }
            admitted = true;
        }
        for (int i = 0; i < MOST_RIVALS; i++) {
            try {
                return settle(call, trace, rows, digests, ahead);
            } catch (PageTakenException rival) {
                // Rolled back as a whole. What the rival answered is found now, and answered from memory.
                answered = null;
            }
        }
        return Done.refused(Refusal.of(BatchReason.BATCH_RIVALS));
    }

    private LookedUp lookUp(AuthorisedCall call, List<BatchRow> rows) {
        return parts.verifier()
                .lookUpAll(call, rows.parallelStream().map(this::request).toList());
    }

    private Done<BatchAnswers> settle(
            AuthorisedCall call, TraceId trace, List<BatchRow> rows, List<String> digests, Optional<LookedUp> ahead) {
        String book = book(call.input().caller());
        Optional<AnsweredRows> known = answered(book);
        if (known.isEmpty()) {
            return Done.refused(Refusal.of(BatchReason.BATCH_SCATTERED));
        }
        AnsweredRows before = known.get();
        Map<Integer, RowAnswer> remembered = new HashMap<>();
        List<AnsweredPage.Row> carried = new ArrayList<>();
        List<Integer> carriedAt = new ArrayList<>();
        List<Integer> fresh = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Optional<AnsweredRows.Place> place = before.find(rows.get(i).row());
            if (place.isEmpty()) {
                fresh.add(i);
                continue;
            }
            AnsweredPage page = page(book, place.get().page());
            RowAnswer old = page.answer(place.get().place());
            if (!old.digest().equals(digests.get(i))) {
                remembered.put(
                        i,
                        new RowAnswer(old.row(), trace, digests.get(i), BatchReason.BATCH_ROW_DIFFERS.name(), false));
            } else if (isRecorded(page)) {
                remembered.put(i, asAllowedNow(call, old));
            } else {
                // Kept, but the node ended before it was recorded: it goes on record now, under this chunk.
                carried.add(new AnsweredPage.Row(old.row(), old.digest(), old.code()));
                carriedAt.add(i);
            }
        }
        boolean allFresh = fresh.size() == rows.size();
        isNew = allFresh;
        return answer(
                call,
                new Sorted(book, trace, rows, digests, remembered, carried, carriedAt, fresh),
                before,
                ahead.filter(page -> allFresh));
    }

    /** A chunk's rows by what is to be done with them. */
    private record Sorted(
            String book,
            TraceId trace,
            List<BatchRow> rows,
            List<String> digests,
            Map<Integer, RowAnswer> remembered,
            List<AnsweredPage.Row> carried,
            List<Integer> carriedAt,
            List<Integer> fresh) {}

    private Done<BatchAnswers> answer(
            AuthorisedCall call, Sorted chunk, AnsweredRows before, Optional<LookedUp> ahead) {
        Instant now = parts.clock().instant();
        long number = before.nextPage();
        List<VerificationOutcome> outcomes = List.of();
        if (!chunk.fresh().isEmpty()) {
            LookedUp page = ahead.orElseGet(() ->
                    lookUp(call, chunk.fresh().stream().map(chunk.rows()::get).toList()));
            outcomes = parts.verifier()
                    .verifyAll(
                            page,
                            found -> page(chunk, number, found).map(kept -> kept.seal(chunk.book(), parts.key(), now)));
        } else if (!chunk.carried().isEmpty()) {
            KeptPage page = page(chunk, number, List.of()).orElseThrow().seal(chunk.book(), parts.key(), now);
            parts.memory().alone(Set.of(), unit -> {
                unit.keep(page);
                return true;
            });
        }
        Optional<AnsweredPage> kept = page(chunk, number, outcomes);
        if (kept.isPresent()) {
            // Only this stream's own; the next chunk finds it recorded, or there is no next chunk.
            if (!before.add(kept.get())) {
                return Done.refused(Refusal.of(BatchReason.BATCH_SCATTERED));
            }
            recorded.add(number);
        }
        return told(call, chunk, kept, outcomes);
    }

    private Done<BatchAnswers> told(
            AuthorisedCall call, Sorted chunk, Optional<AnsweredPage> kept, List<VerificationOutcome> outcomes) {
        Map<Integer, RowAnswer> all = new HashMap<>(chunk.remembered());
        int place = 0;
        for (int i : chunk.carriedAt()) {
            place++;
            all.put(i, asAllowedNow(call, kept.orElseThrow().answer(place)));
        }
        int settled = 0;
        for (VerificationOutcome outcome : outcomes) {
            if (Verifier.stops(outcome)) {
                break;
            }
            place++;
            int at = chunk.fresh().get(settled++);
            RowAnswer answer = kept.orElseThrow().answer(place);
            all.put(at, new RowAnswer(answer.row(), answer.trace(), answer.digest(), answer.code(), false));
        }
        List<RowAnswer> prefix = new ArrayList<>(chunk.rows().size());
        for (int i = 0; i < chunk.rows().size(); i++) {
            RowAnswer one = all.get(i);
            if (one == null) {
                break;
            }
            prefix.add(one);
        }
        if (prefix.isEmpty()) {
            return Done.refused(refusal(outcomes.getLast()));
        }
        Optional<Checked> checked = outcomes.stream()
                .filter(Checked.class::isInstance)
                .map(Checked.class::cast)
                .findFirst();
        String root =
                RowTree.root(prefix.stream().map(RowAnswer::line).toList()).hex();
        return Done.answered(
                new BatchAnswers(prefix, checked.map(Checked::attribution)),
                LedgerRecord.Kind.VERIFICATION,
                "BATCH_OF_" + prefix.size(),
                record -> checked.map(one -> record.withSource(
                                one.attribution().edition(), one.attribution().source()))
                        .orElse(record)
                        .withAnswerDigest(root));
    }

    /** What is kept of a chunk: rows carried over, then rows that were settled now. */
    private static Optional<AnsweredPage> page(Sorted chunk, long number, List<VerificationOutcome> outcomes) {
        List<AnsweredPage.Row> rows = new ArrayList<>(chunk.carried());
        for (int i = 0; i < outcomes.size() && !Verifier.stops(outcomes.get(i)); i++) {
            int at = chunk.fresh().get(i);
            rows.add(new AnsweredPage.Row(
                    chunk.rows().get(at).row(), chunk.digests().get(at), code(outcomes.get(i))));
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new AnsweredPage(number, chunk.trace(), rows));
    }

    private static String code(VerificationOutcome outcome) {
        return outcome instanceof Checked checked
                ? checked.answer().name()
                : refusal(outcome).reason().name();
    }

    private static Refusal refusal(VerificationOutcome outcome) {
        return switch (outcome) {
            case VerificationOutcome.Refused(Refusal refusal) -> refusal;
            case VerificationOutcome.Suspended(Refusal refusal) -> refusal;
            case Checked checked -> throw new IllegalStateException("an answer is no refusal");
        };
    }

    private VerificationRequest request(BatchRow row) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < opening.fields().size(); i++) {
            fields.put(opening.fields().get(i), row.values().get(i));
        }
        return new VerificationRequest(opening.product(), fields);
    }

    /** A policy that has become stricter holds for what was answered before, too. */
    private static RowAnswer asAllowedNow(AuthorisedCall call, RowAnswer old) {
        boolean kindOfNo = old.code().equals("MISMATCH") || old.code().equals("NO_RECORD");
        String code = kindOfNo && call.obligations().answerForm() == AnswerForm.YES_NO ? "NO" : old.code();
        return new RowAnswer(old.row(), old.trace(), old.digest(), code, true);
    }

    /** What was answered before; empty when it is too scattered. */
    private Optional<AnsweredRows> answered(String book) {
        if (answered == null) {
            Instant since = parts.clock().instant().minus(BatchService.REMEMBERED);
            parts.pages().forgetBefore(since);
            AnsweredRows read = new AnsweredRows();
            boolean[] fits = {true};
            parts.pages().read(book, since, page -> fits[0] &= read.add(AnsweredPage.open(page, parts.key())));
            if (!fits[0]) {
                return Optional.empty();
            }
            answered = read;
        }
        return Optional.ofNullable(answered);
    }

    private AnsweredPage page(String book, long number) {
        AnsweredPage known = opened.get(number);
        if (known != null) {
            return known;
        }
        AnsweredPage page = parts.pages()
                .page(book, number)
                .map(kept -> AnsweredPage.open(kept, parts.key()))
                .orElseThrow(() -> new IllegalStateException("a page of a batch is gone"));
        opened.put(number, page);
        if (opened.size() > 4) {
            opened.remove(opened.keySet().iterator().next());
        }
        return page;
    }

    /** Whether the record of a page's chunk is there: the node may have ended between the two. */
    private boolean isRecorded(AnsweredPage page) {
        if (recorded.contains(page.number())) {
            return true;
        }
        try {
            boolean found = !parts.record().find(page.chunk()).isEmpty();
            if (found) {
                recorded.add(page.number());
            }
            return found;
        } catch (LedgerUnavailableException e) {
            throw new IllegalStateException("the record cannot be read", e);
        }
    }
}
