package org.datareturn.sandbox.application.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.policy.GrantFacts;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.application.ApplicationStatus;
import org.datareturn.sandbox.application.ApplicationStore;
import org.datareturn.sandbox.application.StepTaken;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantChange;
import org.datareturn.sandbox.grant.jdbc.JdbcGrantStore;

/** Applications in the control database. Steps are added under optimistic locking by version. Thread-safe. */
public final class JdbcApplicationStore implements ApplicationStore {
    private final Transactor transactor;

    /** A store over one migrated database. */
    public JdbcApplicationStore(DataSource dataSource) {
        this.transactor = new Transactor(dataSource);
    }

    @Override
    public void add(Application application) {
        transactor.inTransaction("file application", connection -> {
            ApplicationRows.insert(connection, application);
            return application;
        });
    }

    @Override
    public Optional<Application> find(String id) {
        if (!id.matches("[a-z0-9-]{1,64}")) {
            return Optional.empty();
        }
        return select("WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public List<Application> filedBy(String organisation) {
        return select("WHERE applicant = ? ORDER BY filed_at DESC, id", organisation);
    }

    @Override
    public List<Application> inStatus(ApplicationStatus status) {
        return select("WHERE status = ? ORDER BY filed_at, id", status);
    }

    @Override
    public List<Application> all() {
        return select("ORDER BY filed_at DESC, id");
    }

    @Override
    public Applied advance(Application after, Optional<Grant> issued) {
        return transactor.inTransaction("advance application", connection -> {
            StepTaken step = after.steps().getLast();
            int changed = Rows.change(
                    connection,
                    """
                    UPDATE applications SET status = ?, due = ?, grant_id = ?, version = ?
                     WHERE id = ? AND version = ? AND status = ?""",
                    after.status(),
                    after.due().orElse(null),
                    after.grantId().orElse(null),
                    after.version(),
                    after.id(),
                    after.version() - 1,
                    step.step().from());
            if (changed == 0) {
                return Applied.VERSION_DIFFERS;
            }
            ApplicationRows.addStep(connection, after.id(), after.steps().size() - 1, step);
            if (issued.isPresent()) {
                issue(connection, issued.get(), step);
            }
            return Applied.YES;
        });
    }

    private static void issue(Connection connection, Grant grant, StepTaken step) throws SQLException {
        JdbcGrantStore.insert(
                connection,
                grant,
                new GrantChange(
                        GrantFacts.Status.ACTIVE,
                        GrantFacts.Status.ACTIVE,
                        step.by().organisation(),
                        step.by().operator(),
                        step.at(),
                        step.reasons()));
    }

    private List<Application> select(String where, Object... arguments) {
        return transactor.inTransaction(
                "read applications", connection -> ApplicationRows.select(connection, where, arguments));
    }
}
