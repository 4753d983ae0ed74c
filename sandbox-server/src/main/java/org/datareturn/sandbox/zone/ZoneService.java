package org.datareturn.sandbox.zone;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.datareturn.guard.Refused;
import org.datareturn.guard.Released;
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

    /** A service of some zones on one road. */
    public ZoneService(CallPipeline pipeline, List<ServedZone> zones, ReleaseMarker marker) {
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
        return travel(credentials, question, List.of("query", sql), (zone, call) -> answer(zone, call, sql));
    }

    /**
     * Says what a grant shows of a zone.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ZoneView>> describe(Credentials credentials, ZoneQuestion question)
            throws LedgerUnavailableException {
        return travel(
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
    private interface ZoneDeed<A> {
        Done<A> in(ServedZone zone, AuthorisedCall call);
    }

    private <A> Recorded<Outcome<A>> travel(
            Credentials credentials, ZoneQuestion question, List<String> parts, ZoneDeed<A> deed)
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
        return pipeline.travel(credentials, new Call(question.grantId(), ask, question.zone(), parts), inZone);
    }

    private Done<ZoneTable> answer(ServedZone zone, AuthorisedCall call, String sql) {
        if (!call.obligations().watermark()) {
            // Nothing leaves a zone unmarked, whatever a policy forgot to ask for.
            return Done.refused(Refusal.of(RoadReason.OBLIGATION_MISSING, "watermark"));
        }
        return switch (zone.data().answer(call, sql)) {
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
