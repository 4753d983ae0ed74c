package org.datareturn.sandbox.model.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.model.ModelChange;
import org.datareturn.sandbox.model.ModelStatus;
import org.datareturn.sandbox.model.ModelStore;
import org.datareturn.sandbox.model.RegisteredModel;
import org.datareturn.verifier.model.ModelFingerprint;

/** Registered models in the control database, on H2 and PostgreSQL. Nothing is remembered between reads. Thread-safe. */
public final class JdbcModelStore implements ModelStore {
    private final Transactor transactor;

    /** A store over one migrated database. */
    public JdbcModelStore(DataSource dataSource) {
        this.transactor = new Transactor(dataSource);
    }

    @Override
    public Applied register(RegisteredModel model) {
        ModelFingerprint which = model.fingerprint();
        return transactor.inTransaction("register model", connection -> {
            // Two who register at once are one insert and one that is run again and then finds the first.
            if (find(connection, which.name(), which.version()).isPresent()) {
                return Applied.OTHERWISE;
            }
            Rows.change(
                    connection,
                    """
                    INSERT INTO models (name, version, declaration_sha256, file_sha256, status, policy_revision,
                                        by_organisation, by_operator, registered_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    which.name(),
                    which.version(),
                    which.declarationSha256(),
                    which.fileSha256(),
                    model.status(),
                    model.policyRevision(),
                    model.registeredBy().organisation(),
                    model.registeredBy().operator(),
                    model.registeredAt());
            return Applied.YES;
        });
    }

    @Override
    public Applied apply(String name, int version, ModelChange change) {
        return transactor.inTransaction("change model", connection -> {
            int changed = Rows.change(
                    connection,
                    "UPDATE models SET status = ?, policy_revision = ? WHERE name = ? AND version = ? AND status = ?",
                    change.to(),
                    change.policyRevision(),
                    name,
                    version,
                    change.from());
            if (changed == 0) {
                return Applied.OTHERWISE;
            }
            Rows.change(
                    connection,
                    """
                    INSERT INTO model_changes (name, version, seq, from_status, to_status, policy_revision,
                                               by_organisation, by_operator, changed_at, reason)
                    SELECT CAST(? AS VARCHAR(64)), CAST(? AS INTEGER), COUNT(*), CAST(? AS VARCHAR(16)),
                           CAST(? AS VARCHAR(16)), CAST(? AS VARCHAR(512)), CAST(? AS VARCHAR(18)),
                           CAST(? AS VARCHAR(64)), CAST(? AS TIMESTAMP(6) WITH TIME ZONE), CAST(? AS VARCHAR(4000))
                      FROM model_changes WHERE name = ? AND version = ?""",
                    name,
                    version,
                    change.from(),
                    change.to(),
                    change.policyRevision(),
                    change.by().organisation(),
                    change.by().operator(),
                    change.at(),
                    change.reason(),
                    name,
                    version);
            return Applied.YES;
        });
    }

    @Override
    public Optional<RegisteredModel> find(String name, int version) {
        return transactor.reading("find model", connection -> find(connection, name, version));
    }

    @Override
    public List<RegisteredModel> versions(String name) {
        return transactor.reading(
                "list models",
                connection -> Rows.all(
                        connection,
                        JdbcModelStore::model,
                        "SELECT * FROM models WHERE name = ? ORDER BY version",
                        name));
    }

    @Override
    public List<RegisteredModel> all() {
        return transactor.reading(
                "list models",
                connection -> Rows.all(
                        connection,
                        JdbcModelStore::model,
                        "SELECT * FROM models ORDER BY registered_at DESC, name, version DESC"));
    }

    @Override
    public List<ModelChange> history(String name, int version) {
        return transactor.reading(
                "read a model's history",
                connection -> Rows.all(
                        connection,
                        JdbcModelStore::change,
                        "SELECT * FROM model_changes WHERE name = ? AND version = ? ORDER BY seq",
                        name,
                        version));
    }

    private static Optional<RegisteredModel> find(Connection connection, String name, int version) throws SQLException {
        return Rows.first(
                connection,
                JdbcModelStore::model,
                "SELECT * FROM models WHERE name = ? AND version = ?",
                name,
                version);
    }

    private static RegisteredModel model(ResultSet row) throws SQLException {
        return new RegisteredModel(
                new ModelFingerprint(
                        Rows.text(row, "name"),
                        row.getInt("version"),
                        Rows.text(row, "declaration_sha256"),
                        Rows.text(row, "file_sha256")),
                Rows.constant(row, "status", ModelStatus.class),
                Rows.text(row, "policy_revision"),
                principal(row),
                Rows.instant(row, "registered_at"));
    }

    private static ModelChange change(ResultSet row) throws SQLException {
        return new ModelChange(
                Rows.constant(row, "from_status", ModelStatus.class),
                Rows.constant(row, "to_status", ModelStatus.class),
                Rows.text(row, "policy_revision"),
                principal(row),
                Rows.instant(row, "changed_at"),
                Rows.text(row, "reason"));
    }

    private static Principal principal(ResultSet row) throws SQLException {
        return new Principal(Rows.text(row, "by_organisation"), Rows.text(row, "by_operator"));
    }
}
