package org.datareturn.sandbox.identity.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.datareturn.policy.Caller;
import org.datareturn.sandbox.control.jdbc.Remembered;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.identity.Operator;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.identity.Region;
import org.datareturn.sandbox.identity.RegisteredOperator;
import org.datareturn.sandbox.identity.RegisteredOperator.Standing;
import org.datareturn.verifier.together.Gathering;

/** The register in the control database. A look-up is one statement by primary key; where other servers may write, nothing is cached. Thread-safe. */
public final class JdbcOperatorRegister implements OperatorRegister {
    private static final String FIND = """
            SELECT p.display_name, p.standing AS operator_standing, r.role,
                   o.code, o.name, o.kind, o.region, o.standing AS organisation_standing
              FROM operators p
              JOIN organisations o ON o.code = p.organisation
              LEFT JOIN operator_roles r ON r.organisation = p.organisation AND r.operator = p.operator
             WHERE p.organisation = ? AND p.operator = ?""";
    private static final String ORGANISATION = "SELECT code, name, kind, region FROM organisations WHERE code = ?";
    private static final String AUTHORITY = """
            SELECT code, name, kind, region FROM organisations
             WHERE region = ? AND kind = 'DATA_AUTHORITY' AND standing = 'ENABLED' ORDER BY code""";

    private final Transactor transactor;
    /** Calls of one operator that come at the same time share a reading, which begins after all of them. */
    private final Gathering<Principal, Principal, Optional<RegisteredOperator>> known = Gathering.ofSame(this::read);

    private final Remembered<Principal, RegisteredOperator> remembered;

    /** A register over one migrated database that other servers may write too. */
    public JdbcOperatorRegister(DataSource dataSource) {
        this(dataSource, Remembered.never());
    }

    private JdbcOperatorRegister(DataSource dataSource, Remembered<Principal, RegisteredOperator> remembered) {
        this.transactor = new Transactor(dataSource);
        this.remembered = remembered;
    }

    /** The one register over a migrated database that this process alone has open. */
    public static JdbcOperatorRegister ofOneServer(DataSource dataSource) {
        return new JdbcOperatorRegister(dataSource, Remembered.ofTheOnlyWriter());
    }

    private record Row(String displayName, Standing standing, Optional<Caller.Role> role, Organisation organisation) {}

    private void change(String doing, Transactor.Work<Integer> work) {
        try {
            transactor.inTransaction(doing, work);
        } finally {
            remembered.forget();
        }
    }

    @Override
    public Optional<RegisteredOperator> find(Principal principal) {
        return remembered.find(principal, wanted -> known.ask(wanted, wanted));
    }

    private Optional<RegisteredOperator> read(Principal principal) {
        return transactor.reading("find operator", connection -> {
            List<Row> rows = Rows.all(
                    connection,
                    JdbcOperatorRegister::operatorRow,
                    FIND,
                    principal.organisation(),
                    principal.operator());
            Set<Caller.Role> roles = EnumSet.noneOf(Caller.Role.class);
            for (Row row : rows) {
                row.role().ifPresent(roles::add);
            }
            // An operator whose roles are being rewritten by hand has none: then it is as if not registered.
            return roles.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RegisteredOperator(
                            new Operator(principal, rows.getFirst().displayName(), roles),
                            rows.getFirst().organisation(),
                            rows.getFirst().standing()));
        });
    }

    @Override
    public Optional<Organisation> organisation(String code) {
        return transactor.reading(
                "find organisation",
                connection -> Rows.first(connection, JdbcOperatorRegister::organisationRow, ORGANISATION, code));
    }

    @Override
    public Optional<Organisation> dataAuthorityFor(Region region) {
        return transactor.reading("find data authority", connection -> {
            for (Region place : region.upwards()) {
                Optional<Organisation> authority =
                        Rows.first(connection, JdbcOperatorRegister::organisationRow, AUTHORITY, place.code());
                if (authority.isPresent()) {
                    return authority;
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public void register(Organisation organisation) {
        change("register organisation", connection -> {
            int known = Rows.change(
                    connection,
                    "UPDATE organisations SET name = ?, kind = ?, region = ? WHERE code = ?",
                    organisation.name(),
                    organisation.kind(),
                    organisation.region().code(),
                    organisation.code());
            return known > 0
                    ? known
                    : Rows.change(
                            connection,
                            "INSERT INTO organisations (code, name, kind, region, standing) VALUES (?, ?, ?, ?, ?)",
                            organisation.code(),
                            organisation.name(),
                            organisation.kind(),
                            organisation.region().code(),
                            Standing.ENABLED);
        });
    }

    @Override
    public void register(Operator operator) {
        change("register operator", connection -> {
            String organisation = operator.principal().organisation();
            String name = operator.principal().operator();
            int known = Rows.change(
                    connection,
                    "UPDATE operators SET display_name = ? WHERE organisation = ? AND operator = ?",
                    operator.displayName(),
                    organisation,
                    name);
            if (known == 0) {
                Rows.change(
                        connection,
                        "INSERT INTO operators (organisation, operator, display_name, standing) VALUES (?, ?, ?, ?)",
                        organisation,
                        name,
                        operator.displayName(),
                        Standing.ENABLED);
            }
            writeRoles(connection, operator);
            return known;
        });
    }

    private static void writeRoles(Connection connection, Operator operator) throws SQLException {
        String organisation = operator.principal().organisation();
        String name = operator.principal().operator();
        Rows.change(
                connection, "DELETE FROM operator_roles WHERE organisation = ? AND operator = ?", organisation, name);
        for (Caller.Role role : operator.roles()) {
            Rows.change(
                    connection,
                    "INSERT INTO operator_roles (organisation, operator, role) VALUES (?, ?, ?)",
                    organisation,
                    name,
                    role);
        }
    }

    @Override
    public void set(Principal principal, Standing standing) {
        change(
                "set operator's standing",
                connection -> Rows.change(
                        connection,
                        "UPDATE operators SET standing = ? WHERE organisation = ? AND operator = ?",
                        standing,
                        principal.organisation(),
                        principal.operator()));
    }

    @Override
    public void setOrganisation(String code, Standing standing) {
        change(
                "set organisation's standing",
                connection -> Rows.change(
                        connection, "UPDATE organisations SET standing = ? WHERE code = ?", standing, code));
    }

    private static Row operatorRow(ResultSet row) throws SQLException {
        Standing own = Rows.constant(row, "operator_standing", Standing.class);
        Standing organisations = Rows.constant(row, "organisation_standing", Standing.class);
        Optional<Caller.Role> role = row.getString("role") == null
                ? Optional.empty()
                : Optional.of(Rows.constant(row, "role", Caller.Role.class));
        return new Row(
                Rows.text(row, "display_name"),
                own == Standing.ENABLED ? organisations : own,
                role,
                organisationRow(row));
    }

    private static Organisation organisationRow(ResultSet row) throws SQLException {
        return new Organisation(
                Rows.text(row, "code"),
                Rows.text(row, "name"),
                Rows.constant(row, "kind", Organisation.Kind.class),
                new Region(Rows.text(row, "region")));
    }
}
