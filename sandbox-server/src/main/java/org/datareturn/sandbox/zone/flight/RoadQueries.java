package org.datareturn.sandbox.zone.flight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.guard.Released;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.zone.ZoneQuestion;
import org.datareturn.sandbox.zone.ZoneService;
import org.datareturn.sandbox.zone.ZoneTable;
import org.datareturn.sandbox.zone.ZoneView;
import org.jspecify.annotations.Nullable;

/** The endpoint's port onto the node's one road. Thread-safe. */
public final class RoadQueries implements ZoneQueries {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    private static final Pattern BUDGET =
            Pattern.compile("\\s*SELECT\\s+\\*\\s+FROM\\s+sandbox\\.budget\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    private final ZoneService service;

    /** Over the zones of a node. */
    public RoadQueries(ZoneService service) {
        this.service = service;
    }

    @Override
    public ZoneReply query(WireCredentials who, ZoneSession session, String sql) {
        if (BUDGET.matcher(sql).matches()) {
            return budget(who, session);
        }
        return table(() -> service.query(credentials(who), question(session), sql));
    }

    @Override
    public ZoneReply call(WireCredentials who, ZoneSession session, String template, List<String> arguments) {
        return table(() -> service.run(credentials(who), question(session), template, arguments));
    }

    @Override
    public ParametersReply parameters(WireCredentials who, ZoneSession session, String template) {
        try {
            Recorded<Outcome<QueryTemplate>> recorded = service.template(credentials(who), question(session), template);
            return switch (recorded.answer()) {
                case Outcome.Answered<QueryTemplate>(QueryTemplate found) ->
                    new ParametersReply.Parameters(found.parameters().stream()
                            .map(parameter -> new Column(
                                    parameter.name(), type(parameter.type().sqlName()), true))
                            .toList());
                case Outcome.Refused<QueryTemplate>(Refusal refusal) -> refused(refusal, recorded);
            };
        } catch (LedgerUnavailableException e) {
            return unrecorded(e.refusal());
        }
    }

    /** A call on the road. */
    @FunctionalInterface
    private interface Walk<A> {
        Recorded<Outcome<A>> walk() throws LedgerUnavailableException;
    }

    private static ZoneReply table(Walk<ZoneTable> walk) {
        try {
            Recorded<Outcome<ZoneTable>> recorded = walk.walk();
            return switch (recorded.answer()) {
                case Outcome.Answered<ZoneTable>(ZoneTable table) ->
                    new ZoneReply.Table(
                            table.columns().stream()
                                    .map(column -> new Column(column.name(), type(column.sqlType()), true))
                                    .toList(),
                            table.rows().stream().map(row -> cells(table, row)).toList(),
                            recorded.traceId().hex(),
                            recorded.receipt().text(),
                            notices(table));
                case Outcome.Refused<ZoneTable>(Refusal refusal) -> refused(refusal, recorded);
            };
        } catch (LedgerUnavailableException e) {
            return unrecorded(e.refusal());
        }
    }

    /** One row in zones with a privacy budget, none elsewhere; stock drivers show it where they hide metadata. */
    private ZoneReply budget(WireCredentials who, ZoneSession session) {
        try {
            Recorded<Outcome<Optional<Released.Cost>>> recorded = service.budget(credentials(who), question(session));
            return switch (recorded.answer()) {
                case Outcome.Answered<Optional<Released.Cost>>(Optional<Released.Cost> cost) ->
                    new ZoneReply.Table(
                            List.of(
                                    new Column("epsilon_per_query", SqlType.Plain.VARCHAR, false),
                                    new Column("epsilon_left", SqlType.Plain.VARCHAR, false)),
                            cost.stream()
                                    .map(c -> List.of(
                                            c.epsilon().toPlainString(),
                                            c.left().toPlainString()))
                                    .toList(),
                            recorded.traceId().hex(),
                            recorded.receipt().text(),
                            List.of());
                case Outcome.Refused<Optional<Released.Cost>>(Refusal refusal) -> refused(refusal, recorded);
            };
        } catch (LedgerUnavailableException e) {
            return unrecorded(e.refusal());
        }
    }

    @Override
    public CatalogueReply catalogue(WireCredentials who, ZoneSession session) {
        try {
            Recorded<Outcome<ZoneView>> recorded = service.describe(credentials(who), question(session));
            return switch (recorded.answer()) {
                case Outcome.Answered<ZoneView>(ZoneView view) ->
                    new CatalogueReply.Catalogue(view.tables().stream()
                            .map(table -> new CatalogueReply.GrantedTable(
                                    table.name(),
                                    table.columns().stream()
                                            .map(column -> new Column(column.name(), type(column.sqlType()), true))
                                            .toList()))
                            .toList());
                case Outcome.Refused<ZoneView>(Refusal refusal) -> refused(refusal, recorded);
            };
        } catch (LedgerUnavailableException e) {
            return unrecorded(e.refusal());
        }
    }

    private static Credentials credentials(WireCredentials who) {
        return new Credentials(who.certificates(), who.bearerToken());
    }

    private static ZoneQuestion question(ZoneSession session) {
        return new ZoneQuestion(session.grantId(), session.zone(), purpose(session.purpose()), session.region());
    }

    private static Optional<Purpose> purpose(String text) {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.name().equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }

    private static List<Notice> notices(ZoneTable table) {
        List<Notice> notices = new ArrayList<>();
        notices.add(new Notice("SOURCE", "数据来源：" + table.source(), "Source of the data: " + table.source()));
        if (table.suppressedGroups() > 0) {
            notices.add(new Notice(
                    "GROUPS_SUPPRESSED",
                    "约 " + table.suppressedGroups() + " 个分组因人数过少等原因未返还",
                    "About " + table.suppressedGroups()
                            + " groups were not released, for too few persons or for dominance"));
        }
        if (!table.margins().isEmpty()) {
            String margins = margins(table.margins());
            notices.add(new Notice("MARGINS_95", "各值的 95 % 误差范围：" + margins, "95 % margins of the values: " + margins));
        }
        table.cost().ifPresent(cost -> {
            String epsilon = cost.epsilon().toPlainString();
            String left = cost.left().toPlainString();
            notices.add(new Notice(
                    "PRIVACY_COST",
                    "本次隐私开销 epsilon " + epsilon + "，剩余预算 " + left,
                    "Privacy cost of this answer: epsilon " + epsilon + "; budget left: " + left));
        });
        return notices;
    }

    /** For each kind of value the least and the greatest margin over all groups; they mostly are the same. */
    private static String margins(List<Released.Margin> margins) {
        Map<String, TreeSet<BigDecimal>> widths = new LinkedHashMap<>();
        for (Released.Margin margin : margins) {
            widths.computeIfAbsent(margin.value(), v -> new TreeSet<>()).add(margin.halfWidth());
        }
        List<String> each = new ArrayList<>();
        widths.forEach((value, found) -> each.add(value + " ± " + found.first().toPlainString()
                + (found.size() > 1 ? " … " + found.last().toPlainString() : "")));
        return String.join(", ", each);
    }

    /** The cells in the class their column's SQL type asks for: the guard gives every whole number as a Long. */
    private static List<@Nullable Object> cells(ZoneTable table, List<@Nullable Object> row) {
        List<@Nullable Object> cells = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            cells.add(cell(type(table.columns().get(i).sqlType()), row.get(i)));
        }
        return cells;
    }

    private static @Nullable Object cell(SqlType type, @Nullable Object value) {
        return switch (value) {
            case Long whole when type == SqlType.Plain.INTEGER -> Math.toIntExact(whole);
            case Integer whole when type == SqlType.Plain.BIGINT -> whole.longValue();
            case Long whole when type instanceof SqlType.Decimal -> BigDecimal.valueOf(whole);
            case Integer whole when type instanceof SqlType.Decimal -> BigDecimal.valueOf(whole);
            case BigDecimal decimal when type == SqlType.Plain.BIGINT -> decimal.longValueExact();
            case null, default -> value;
        };
    }

    private static SqlType type(String sql) {
        Matcher decimal = DECIMAL.matcher(sql);
        if (decimal.matches()) {
            return new SqlType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return SqlType.Plain.valueOf(sql);
    }

    private static Refused refused(Refusal refusal, Recorded<?> recorded) {
        return new Refused(
                refusal.reason().kind(),
                refusal.reason().name(),
                refusal.messageZh(),
                refusal.messageEn(),
                recorded.traceId().hex(),
                Optional.of(recorded.receipt().text()));
    }

    private static Refused unrecorded(Refusal refusal) {
        return new Refused(
                refusal.reason().kind(),
                refusal.reason().name(),
                refusal.messageZh(),
                refusal.messageEn(),
                "",
                Optional.empty());
    }
}
