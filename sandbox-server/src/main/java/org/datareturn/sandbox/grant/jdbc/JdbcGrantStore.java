package org.datareturn.sandbox.grant.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.policy.Purpose;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.jdbc.Remembered;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantChange;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.grant.GrantStore;
import org.datareturn.verifier.together.Gathering;

/**
 * Grants in the control database.
 *
 * <p>{@link #find} reads the grant's status by primary key with every call, or with others that came at the same time, and
 * nothing else: all the rest of a grant is fixed when it is issued, so it is read once and remembered. There is no copy of
 * the status that could be stale: where this process alone has the database open, a status is remembered until this store
 * changes one, and where another may write it, not at all (see {@code docs/decisions}). What is remembered is bounded by the number
 * of grants ever issued. Thread-safe.
 */
public final class JdbcGrantStore implements GrantStore {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final String STATUS = "SELECT status FROM data_grants WHERE id = ?";
    private static final String SELECT = "SELECT * FROM data_grants";

    private final Transactor transactor;
    private final ConcurrentMap<String, Grant> fixed = new ConcurrentHashMap<>();
    private final Gathering<String, String, Optional<Status>> statuses = Gathering.ofSame(this::status);

    private final Remembered<String, Status> remembered;

    /** A store over one migrated database that other servers may write too. */
    public JdbcGrantStore(DataSource dataSource) {
        this(dataSource, Remembered.never());
    }

    private JdbcGrantStore(DataSource dataSource, Remembered<String, Status> remembered) {
        this.transactor = new Transactor(dataSource);
        this.remembered = remembered;
    }

    /** The one store over a migrated database that this process alone has open: it remembers a status until it changes one. */
    public static JdbcGrantStore ofOneServer(DataSource dataSource) {
        return new JdbcGrantStore(dataSource, Remembered.ofTheOnlyWriter());
    }

    @Override
    public GrantLookup find(String id) {
        if (!ID.matcher(id).matches()) {
            return new GrantLookup.None();
        }
        try {
            return remembered
                    .find(id, wanted -> statuses.ask(wanted, wanted))
                    .<GrantLookup>map(now -> new GrantLookup.Found(fixed(id).in(now)))
                    .orElseGet(GrantLookup.None::new);
        } catch (ControlStoreException e) {
            return new GrantLookup.Unavailable(e.refusal());
        }
    }

    private Optional<Status> status(String id) {
        return transactor.reading(
                "find grant",
                connection -> Rows.first(connection, row -> Rows.constant(row, "status", Status.class), STATUS, id));
    }

    private Grant fixed(String id) {
        Grant known = fixed.get(id);
        if (known != null) {
            return known;
        }
        Grant read = transactor
                .inTransaction(
                        "read grant",
                        connection ->
                                grants(connection, " WHERE id = ?", id).stream().findFirst())
                .orElseThrow(() -> new ControlStoreException(
                        "control store: a grant vanished", new SQLException("grants are never deleted")));
        fixed.put(id, read);
        return read;
    }

    @Override
    public Applied apply(String id, GrantChange change) {
        try {
            return applied(id, change);
        } finally {
            remembered.forget();
        }
    }

    private Applied applied(String id, GrantChange change) {
        return transactor.inTransaction("change grant", connection -> {
            int changed = Rows.change(
                    connection,
                    "UPDATE data_grants SET status = ? WHERE id = ? AND status = ?",
                    change.to(),
                    id,
                    change.from());
            if (changed == 0) {
                return Applied.STATUS_DIFFERS;
            }
            addHistory(connection, id, change);
            return Applied.YES;
        });
    }

    @Override
    public List<GrantChange> history(String id) {
        return transactor.reading(
                "read a grant's history",
                connection -> Rows.all(
                        connection,
                        JdbcGrantStore::change,
                        "SELECT * FROM data_grant_changes WHERE grant_id = ? ORDER BY seq",
                        id));
    }

    @Override
    public List<Grant> ofOrganisation(String organisation) {
        return transactor.inTransaction(
                "list grants",
                connection -> grants(connection, " WHERE organisation = ? ORDER BY issued_at DESC, id", organisation));
    }

    /**
     * Writes a new grant and the first entry of its history, inside the transaction that approves its application.
     *
     * @param connection the transaction
     * @param grant the grant
     * @param by who approved and why
     */
    public static void insert(Connection connection, Grant grant, GrantChange by) throws SQLException {
        GrantFacts facts = grant.facts();
        Rows.change(
                connection,
                """
                INSERT INTO data_grants (id, application_id, status, organisation, scenario, purpose, not_before,
                                         not_after, issued_by, issued_at, calls_per_day,
                                         private_items_per_day)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                facts.id(),
                grant.applicationId(),
                facts.status(),
                facts.organisation(),
                facts.scenario(),
                facts.purpose(),
                facts.notBefore(),
                facts.notAfter(),
                grant.issuedBy(),
                grant.issuedAt(),
                Rows.orNull(facts.quotas().callsPerDay()),
                facts.quotas().privateItemsPerDay());
        for (GrantItem.Kind kind : GrantItem.Kind.values()) {
            for (String item : kind.of(facts)) {
                Rows.change(
                        connection,
                        "INSERT INTO data_grant_items (grant_id, kind, item) VALUES (?, ?, ?)",
                        facts.id(),
                        kind,
                        item);
            }
        }
        addHistory(connection, facts.id(), by);
    }

    private static void addHistory(Connection connection, String id, GrantChange change) throws SQLException {
        Rows.change(
                connection,
                """
                INSERT INTO data_grant_changes (grant_id, seq, from_status, to_status, by_organisation, by_operator,
                                                changed_at, reason)
                SELECT CAST(? AS VARCHAR(64)), COUNT(*), CAST(? AS VARCHAR(16)), CAST(? AS VARCHAR(16)),
                       CAST(? AS VARCHAR(18)), CAST(? AS VARCHAR(64)), CAST(? AS TIMESTAMP(6) WITH TIME ZONE),
                       CAST(? AS VARCHAR(4000))
                  FROM data_grant_changes WHERE grant_id = ?""",
                id,
                change.from(),
                change.to(),
                change.byOrganisation(),
                change.byOperator(),
                change.at(),
                change.reason(),
                id);
    }

    private static List<Grant> grants(Connection connection, String where, String argument) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        for (String id :
                Rows.all(connection, row -> Rows.text(row, "id"), "SELECT id FROM data_grants" + where, argument)) {
            List<GrantItem> items = Rows.all(
                    connection,
                    row -> new GrantItem(Rows.constant(row, "kind", GrantItem.Kind.class), Rows.text(row, "item")),
                    "SELECT kind, item FROM data_grant_items WHERE grant_id = ?",
                    id);
            grants.addAll(Rows.all(connection, row -> grant(row, items), SELECT + " WHERE id = ?", id));
        }
        return grants;
    }

    private static Grant grant(ResultSet row, List<GrantItem> items) throws SQLException {
        return new Grant(
                new GrantFacts(
                        Rows.text(row, "id"),
                        Rows.constant(row, "status", Status.class),
                        Rows.text(row, "organisation"),
                        Rows.text(row, "scenario"),
                        Rows.constant(row, "purpose", Purpose.class),
                        Rows.instant(row, "not_before"),
                        Rows.instant(row, "not_after"),
                        GrantItem.of(GrantItem.Kind.PRODUCT, items),
                        GrantItem.of(GrantItem.Kind.ZONE, items),
                        GrantItem.of(GrantItem.Kind.FIELD, items),
                        GrantItem.of(GrantItem.Kind.REGION, items),
                        new GrantFacts.Quotas(
                                Rows.optionalLong(row, "calls_per_day"), row.getLong("private_items_per_day"))),
                Rows.text(row, "application_id"),
                Rows.text(row, "issued_by"),
                Rows.instant(row, "issued_at"));
    }

    private static GrantChange change(ResultSet row) throws SQLException {
        return new GrantChange(
                Rows.constant(row, "from_status", Status.class),
                Rows.constant(row, "to_status", Status.class),
                Rows.text(row, "by_organisation"),
                Rows.text(row, "by_operator"),
                Rows.instant(row, "changed_at"),
                Rows.text(row, "reason"));
    }
}
