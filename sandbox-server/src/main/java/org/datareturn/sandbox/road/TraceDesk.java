package org.datareturn.sandbox.road;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.application.ApplicationStore;
import org.datareturn.sandbox.application.StepTaken;
import org.datareturn.sandbox.ledger.LedgerReader;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.ledger.TraceId;

/**
 * From an answer back to its call, grant, application, reviewers and policy (全流程溯源, requirement D2). Auditors and
 * security officers see every trace, others those of their own organisation. Thread-safe.
 */
public final class TraceDesk {
    private final LedgerReader reader;
    private final ApplicationStore applications;
    private final Function<TraceId, Optional<String>> batchRows;

    /**
     * A desk over a node's record.
     *
     * @param batchRows the line of a row's trace, which its chunk's record commits to, while it is remembered
     */
    public TraceDesk(
            LedgerReader reader, ApplicationStore applications, Function<TraceId, Optional<String>> batchRows) {
        this.reader = reader;
        this.applications = applications;
        this.batchRows = batchRows;
    }

    /**
     * One trace.
     *
     * @param recordJson the record, as its commitment in the log covers it
     * @param reviews who reviewed the application behind it
     * @param batchRow the row's own line, where the trace is one row's of a batch
     */
    public record Trace(String recordJson, List<StepTaken> reviews, Optional<String> batchRow) {
        public Trace {
            reviews = List.copyOf(reviews);
        }
    }

    /** Finds a trace; what does not exist and what the caller may not see are refused alike. */
    public Done<Trace> trace(Caller caller, String traceId) {
        if (!TraceId.isValid(traceId)) {
            return Done.refused(Refusal.of(RoadReason.FIELD_MALFORMED, "trace_id"));
        }
        try {
            TraceId asked = new TraceId(traceId);
            List<LedgerReader.Entry> entries = reader.find(asked);
            Optional<String> row = Optional.empty();
            if (entries.isEmpty()) {
                entries = reader.find(asked.ofChunk());
                row = entries.isEmpty() ? row : batchRows.apply(asked);
            }
            Optional<LedgerReader.Entry> entry = entries.stream()
                    .filter(found -> mayRead(caller, found.record()))
                    .findFirst();
            Optional<Receipt> receipt =
                    entry.isPresent() ? reader.receipt(entry.get().index()) : Optional.empty();
            if (receipt.isEmpty()) {
                return Done.refused(Refusal.of(RoadReason.NOTHING_FOUND, "trace"));
            }
            List<StepTaken> steps = receipt.get()
                    .record()
                    .applicationId()
                    .flatMap(applications::find)
                    .map(Application::steps)
                    .orElse(List.of());
            return Done.event(
                    new Trace(receipt.get().recordJson(), steps, row), LedgerRecord.Kind.AUDIT_EVENT, "TRACE_READ");
        } catch (LedgerUnavailableException e) {
            return Done.refused(e.refusal());
        }
    }

    private static boolean mayRead(Caller caller, LedgerRecord record) {
        return caller.roles().contains(Caller.Role.AUDITOR)
                || caller.roles().contains(Caller.Role.SECURITY_OFFICER)
                || record.organisation().equals(caller.organisation());
    }
}
