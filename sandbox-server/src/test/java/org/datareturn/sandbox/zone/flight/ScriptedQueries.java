package org.datareturn.sandbox.zone.flight;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.datareturn.policy.ReasonCode;

/** A road written by hand: answers as told, and remembers who asked what. */
final class ScriptedQueries implements ZoneQueries {
    /** One question that reached the road. */
    record Asked(WireCredentials who, ZoneSession session, String sql) {}

    final List<Asked> queries = new CopyOnWriteArrayList<>();
    /** One run of a template. */
    record Called(String template, List<String> arguments) {}

    final List<Called> calls = new CopyOnWriteArrayList<>();
    volatile ParametersReply parameters = new ParametersReply.Parameters(List.of());
    final List<Asked> catalogues = new CopyOnWriteArrayList<>();
    volatile Function<String, ZoneReply> query = sql -> oneNumber(42);
    volatile CatalogueReply catalogue = new CatalogueReply.Catalogue(List.of());

    @Override
    public ZoneReply query(WireCredentials who, ZoneSession session, String sql) {
        queries.add(new Asked(who, session, sql));
        return query.apply(sql);
    }

    @Override
    public ZoneReply call(WireCredentials who, ZoneSession session, String template, List<String> arguments) {
        calls.add(new Called(template, arguments));
        return query.apply(template);
    }

    @Override
    public ParametersReply parameters(WireCredentials who, ZoneSession session, String template) {
        return parameters;
    }

    @Override
    public CatalogueReply catalogue(WireCredentials who, ZoneSession session) {
        catalogues.add(new Asked(who, session, ""));
        return catalogue;
    }

    /** A table of one row and one column {@code n}. */
    static ZoneReply.Table oneNumber(long n) {
        return table(List.of(new Column("n", SqlType.Plain.BIGINT, false)), List.of(List.of(n)));
    }

    static ZoneReply.Table table(List<Column> columns, List<? extends List<?>> rows) {
        return new ZoneReply.Table(columns, rows, "trace-7", "receipt-7", List.of());
    }

    static Refused refused(ReasonCode.Kind kind) {
        return new Refused(
                kind, "GROUP_TOO_SMALL", "分组人数不足", "a group is too small", "trace-9", Optional.of("ledger/9"));
    }
}
