package org.datareturn.sandbox.zone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.Refused;
import org.datareturn.guard.Released;
import org.datareturn.guard.ZoneAnswer;
import org.datareturn.guard.template.BoundQuery;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Call;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.road.RoadReason;

/** Queries in data zones, each walked down the whole road. Thread-safe; blocks on engine and ledger. */
public final class ZoneService {
    private final CallPipeline pipeline;
    private final Map<String, ServedZone> zones;
    private final ReleaseMarker marker;
    private final ApprovedQueries templates;

    /** A service of some zones on one road, with the templates that may be run in them. */
    public ZoneService(CallPipeline pipeline, List<ServedZone> zones, ReleaseMarker marker, ApprovedQueries templates) {
        this.templates = templates;
        this.pipeline = pipeline;
        this.zones = zones.stream().collect(Collectors.toUnmodifiableMap(ServedZone::name, z -> z));
        this.marker = marker;
    }

    /**
     * Answers one query.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ZoneTable>> query(Credentials credentials, ZoneQuestion question, String sql)
            throws LedgerUnavailableException {
        return within(
                credentials,
                question,
                List.of("query", sql),
                (zone, call) -> answer(zone, call, () -> zone.data().answer(call, sql)));
    }

    /**
     * Runs an approved template.
     *
     * @param template its id
     * @param arguments a text for each of its parameters, in their order
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ZoneTable>> run(
            Credentials credentials, ZoneQuestion question, String template, List<String> arguments)
            throws LedgerUnavailableException {
        List<String> parts = new ArrayList<>(List.of("run", template));
        parts.addAll(arguments);
        return within(
                credentials,
                question,
                question.zone() + "/" + template,
                parts,
                (zone, call) -> run(zone, call, template, arguments));
    }

    private Done<ZoneTable> run(ServedZone zone, AuthorisedCall call, String id, List<String> arguments) {
        return switch (templates.approved(call, zone, id)) {
            case ApprovedQueries.Lookup.NotRun(Refusal refusal) -> Done.refused(refusal);
            case ApprovedQueries.Lookup.Approved(QueryTemplate template) -> {
                try {
                    BoundQuery bound = template.bind(arguments);
                    yield answer(zone, call, () -> zone.data().answer(call, bound));
                } catch (QueryRefused refused) {
                    yield Done.refused(refused.refusal());
                }
            }
        };
    }

    /**
     * Says which parameters an approved template takes, without running it.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<QueryTemplate>> template(Credentials credentials, ZoneQuestion question, String id)
            throws LedgerUnavailableException {
        return within(credentials, question, List.of("template", id), (zone, call) -> switch (templates.approved(
                call, zone, id)) {
            case ApprovedQueries.Lookup.NotRun(Refusal refusal) -> Done.refused(refusal);
            case ApprovedQueries.Lookup.Approved(QueryTemplate template) ->
                Done.event(template, LedgerRecord.Kind.ZONE_QUERY, "DESCRIBED");
        });
    }

    /**
     * Says what a new question would cost and what is left of the caller's privacy budget; empty in zones without one.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<Optional<Released.Cost>>> budget(Credentials credentials, ZoneQuestion question)
            throws LedgerUnavailableException {
        return within(
                credentials,
                question,
                List.of("budget"),
                (zone, call) -> Done.event(zone.data().budget(call), LedgerRecord.Kind.ZONE_QUERY, "DESCRIBED"));
    }

    /**
     * Says what a grant shows of a zone.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ZoneView>> describe(Credentials credentials, ZoneQuestion question)
            throws LedgerUnavailableException {
        return within(
                credentials,
                question,
                List.of("describe"),
                (zone, call) -> Done.event(
                        new ZoneView(
                                zone.name(),
                                zone.data().declaration().title(),
                                zone.data().visibleSchema(call)),
                        LedgerRecord.Kind.ZONE_QUERY,
                        "DESCRIBED"));
    }

    /** What is done in a zone once the call is authorised. */
    @FunctionalInterface
    public interface ZoneDeed<A> {
        /** Does it; the answer must be fit to leave. */
        Done<A> in(ServedZone zone, AuthorisedCall call);
    }

    /**
     * Takes a call that needs a grant for a zone down the road.
     *
     * @param parts the request, part by part, for its keyed digest
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public <A> Recorded<Outcome<A>> within(
            Credentials credentials, ZoneQuestion question, List<String> parts, ZoneDeed<A> deed)
            throws LedgerUnavailableException {
        return within(credentials, question, question.zone(), parts, deed);
    }

    /**
     * Takes a call that needs a grant for a zone down the road, recorded as concerning something in it.
     *
     * @param target what the record names
     * @param parts the request, part by part, for its keyed digest
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public <A> Recorded<Outcome<A>> within(
            Credentials credentials, ZoneQuestion question, String target, List<String> parts, ZoneDeed<A> deed)
            throws LedgerUnavailableException {
        if (question.purpose().isEmpty()) {
            return pipeline.administer(
                    credentials,
                    question.zone(),
                    caller -> Done.refused(Refusal.of(RoadReason.REQUEST_FIELD_MISSING, "purpose")));
        }
        Ask ask = new Ask.Query(question.zone(), question.purpose().get(), question.region());
        Function<AuthorisedCall, Done<A>> inZone = call -> Optional.ofNullable(zones.get(question.zone()))
                .map(zone -> deed.in(zone, call))
                .orElseGet(() -> Done.refused(Refusal.of(RoadReason.ZONE_UNKNOWN, question.zone())));
        return pipeline.travel(credentials, new Call(question.grantId(), ask, target, parts), inZone);
    }

    private Done<ZoneTable> answer(ServedZone zone, AuthorisedCall call, Supplier<ZoneAnswer> asked) {
        if (!call.obligations().watermark()) {
            // Nothing leaves a zone unmarked, whatever a policy forgot to ask for.
            return Done.refused(Refusal.of(RoadReason.OBLIGATION_MISSING, "watermark"));
        }
        return switch (asked.get()) {
            case Refused refused -> Done.refused(refused.refusal());
            case Released released -> mark(zone, call, released);
        };
    }

    private Done<ZoneTable> mark(ServedZone zone, AuthorisedCall call, Released released) {
        return switch (marker.mark(zone, call.input().caller(), released)) {
            case ReleaseMarker.Unmarked unmarked -> Done.refused(unmarked.refusal());
            case ReleaseMarker.Marked marked -> {
                ZoneTable table = marked.table();
                String digest = TableDigest.of(table);
                yield Done.answered(
                        table,
                        LedgerRecord.Kind.ZONE_QUERY,
                        "RELEASED",
                        record -> record.withAnswerDigest(digest)
                                .withRelease(table.releaseId())
                                .withSource(table.edition(), table.source()));
            }
        };
    }

    /** SHA-256 of a table as it is sent, so that a receipt vouches for this very table. */
    static final class TableDigest {
        private TableDigest() {}

        static String of(ZoneTable table) {
            StringBuilder text = new StringBuilder();
            table.columns()
                    .forEach(column -> text.append(column.name())
                            .append('\t')
                            .append(column.sqlType())
                            .append('\n'));
            for (List<?> row : table.rows()) {
                row.forEach(cell -> text.append(cell).append('\t'));
                text.append('\n');
            }
            return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
