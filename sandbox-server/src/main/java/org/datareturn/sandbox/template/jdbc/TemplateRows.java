package org.datareturn.sandbox.template.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.Parameter;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.template.Basis;
import org.datareturn.sandbox.template.StoredTemplate;
import org.datareturn.sandbox.template.TemplateStatus;
import org.datareturn.sandbox.template.TemplateStep;

/** Templates as rows. What cannot be read back as it was written is an error of the store, never a default. */
final class TemplateRows {
    private TemplateRows() {}

    /** The two lists a parameter is written with. */
    private enum Kind {
        RANGE,
        VALUE
    }

    static void insert(Connection connection, StoredTemplate template) throws SQLException {
        Assessment found = template.assessment();
        Rows.change(
                connection,
                """
                INSERT INTO query_templates (id, version, status, zone, title, sql_text, organisation, submitted_by,
                        submitted_at, schema_digest, policy_revision, edition, bindings, tried, depth, answered,
                        groups_withheld, touched_fewest, touched_most, smallest_group, epsilon_per_run, budget_runs)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS BIGINT), CAST(? AS BIGINT),
                        CAST(? AS BIGINT), CAST(? AS VARCHAR(64)), CAST(? AS BIGINT))""",
                template.id(),
                template.version(),
                template.status(),
                template.zone(),
                template.title(),
                template.template().sql(),
                template.submittedBy().organisation(),
                template.submittedBy().operator(),
                template.submittedAt(),
                template.basis().schemaDigest(),
                template.basis().policyRevision(),
                template.basis().edition(),
                found.bindings().toString(),
                found.tried(),
                found.depth(),
                found.answered(),
                found.mostGroupsWithheld(),
                found.touched().map(Assessment.Touched::fewest).orElse(null),
                found.touched().map(Assessment.Touched::most).orElse(null),
                found.touched().map(Assessment.Touched::smallestGroup).orElse(null),
                found.cost().map(c -> c.epsilonPerRun().toPlainString()).orElse(null),
                found.cost().map(Assessment.Cost::runs).orElse(null));
        List<Parameter> parameters = template.template().parameters();
        for (int seq = 0; seq < parameters.size(); seq++) {
            insert(connection, template.id(), seq, parameters.get(seq).written());
        }
        addStep(connection, template);
    }

    private static void insert(Connection connection, String id, int seq, Parameter.Written parameter)
            throws SQLException {
        Rows.change(
                connection,
                "INSERT INTO query_template_parameters (template_id, seq, name, type) VALUES (?, ?, ?, ?)",
                id,
                seq,
                parameter.name(),
                parameter.type());
        insert(connection, id, seq, Kind.RANGE, parameter.range());
        insert(connection, id, seq, Kind.VALUE, parameter.values());
    }

    private static void insert(Connection connection, String id, int seq, Kind kind, List<String> items)
            throws SQLException {
        for (int place = 0; place < items.size(); place++) {
            Rows.change(
                    connection,
                    "INSERT INTO query_template_values (template_id, seq, kind, place, item) VALUES (?, ?, ?, ?, ?)",
                    id,
                    seq,
                    kind,
                    place,
                    items.get(place));
        }
    }

    /** Writes status and assessment where the version before is still there; how many rows that were. */
    static int update(Connection connection, StoredTemplate after) throws SQLException {
        Assessment found = after.assessment();
        return Rows.change(
                connection,
                """
                UPDATE query_templates
                   SET version = ?, status = ?, schema_digest = ?, policy_revision = ?, edition = ?, bindings = ?,
                       tried = ?, depth = ?, answered = ?, groups_withheld = ?, touched_fewest = CAST(? AS BIGINT),
                       touched_most = CAST(? AS BIGINT), smallest_group = CAST(? AS BIGINT),
                       epsilon_per_run = CAST(? AS VARCHAR(64)), budget_runs = CAST(? AS BIGINT)
                 WHERE id = ? AND version = ?""",
                after.version(),
                after.status(),
                after.basis().schemaDigest(),
                after.basis().policyRevision(),
                after.basis().edition(),
                found.bindings().toString(),
                found.tried(),
                found.depth(),
                found.answered(),
                found.mostGroupsWithheld(),
                found.touched().map(Assessment.Touched::fewest).orElse(null),
                found.touched().map(Assessment.Touched::most).orElse(null),
                found.touched().map(Assessment.Touched::smallestGroup).orElse(null),
                found.cost().map(c -> c.epsilonPerRun().toPlainString()).orElse(null),
                found.cost().map(Assessment.Cost::runs).orElse(null),
                after.id(),
                after.version() - 1);
    }

    /** Adds a template's last step and what was known with it. */
    static void addStep(Connection connection, StoredTemplate template) throws SQLException {
        TemplateStep step = template.steps().getLast();
        Rows.change(
                connection,
                """
                INSERT INTO query_template_steps (template_id, version, step, by_organisation, by_operator, taken_at,
                                                  reasons)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                template.id(),
                template.version(),
                step.kind(),
                step.organisation(),
                step.operator(),
                step.at(),
                step.reasons());
        for (Assessment.Finding finding : template.assessment().findings()) {
            Rows.change(connection, """
                    INSERT INTO query_template_findings (template_id, version, reason, bindings)
                    VALUES (?, ?, ?, ?)""", template.id(), template.version(), finding.reason(), finding.bindings());
        }
    }

    static Optional<StoredTemplate> read(Connection connection, String id) throws SQLException {
        List<Parameter.Written> parameters = parameters(connection, id);
        List<TemplateStep> steps = Rows.all(
                connection,
                row -> new TemplateStep(
                        Rows.constant(row, "step", TemplateStep.Kind.class),
                        Rows.text(row, "by_organisation"),
                        Rows.text(row, "by_operator"),
                        Rows.instant(row, "taken_at"),
                        Rows.text(row, "reasons")),
                "SELECT * FROM query_template_steps WHERE template_id = ? ORDER BY version",
                id);
        List<Assessment.Finding> findings = Rows.all(
                connection, row -> new Assessment.Finding(Rows.text(row, "reason"), row.getInt("bindings")), """
                SELECT f.reason, f.bindings FROM query_template_findings f
                  JOIN query_templates t ON t.id = f.template_id AND t.version = f.version
                 WHERE f.template_id = ? ORDER BY f.reason""", id);
        return Rows.first(
                connection,
                row -> template(row, parameters, steps, findings),
                "SELECT * FROM query_templates WHERE id = ?",
                id);
    }

    private static List<Parameter.Written> parameters(Connection connection, String id) throws SQLException {
        record Item(int seq, Kind kind, String text) {}
        List<Item> items = Rows.all(
                connection,
                row -> new Item(row.getInt("seq"), Rows.constant(row, "kind", Kind.class), Rows.text(row, "item")),
                "SELECT seq, kind, item FROM query_template_values WHERE template_id = ? ORDER BY seq, kind, place",
                id);
        List<Parameter.Written> named = Rows.all(
                connection,
                row -> new Parameter.Written(Rows.text(row, "name"), Rows.text(row, "type"), List.of(), List.of()),
                "SELECT name, type FROM query_template_parameters WHERE template_id = ? ORDER BY seq",
                id);
        List<Parameter.Written> parameters = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            int seq = i;
            List<String> range = items.stream()
                    .filter(item -> item.seq() == seq && item.kind() == Kind.RANGE)
                    .map(Item::text)
                    .toList();
            List<String> values = items.stream()
                    .filter(item -> item.seq() == seq && item.kind() == Kind.VALUE)
                    .map(Item::text)
                    .toList();
            parameters.add(
                    new Parameter.Written(named.get(i).name(), named.get(i).type(), range, values));
        }
        return parameters;
    }

    private static StoredTemplate template(
            ResultSet row, List<Parameter.Written> written, List<TemplateStep> steps, List<Assessment.Finding> findings)
            throws SQLException {
        try {
            List<Parameter> parameters = new ArrayList<>();
            for (Parameter.Written one : written) {
                parameters.add(Parameter.read(one));
            }
            return new StoredTemplate(
                    Rows.text(row, "id"),
                    row.getInt("version"),
                    Rows.constant(row, "status", TemplateStatus.class),
                    Rows.text(row, "zone"),
                    Rows.text(row, "title"),
                    QueryTemplate.of(Rows.text(row, "sql_text"), parameters),
                    new Principal(Rows.text(row, "organisation"), Rows.text(row, "submitted_by")),
                    Rows.instant(row, "submitted_at"),
                    new Basis(
                            Rows.text(row, "schema_digest"),
                            Rows.text(row, "policy_revision"),
                            Rows.text(row, "edition")),
                    assessment(row, findings),
                    steps);
        } catch (QueryRefused unreadable) {
            throw new SQLException("a stored template is none", unreadable);
        }
    }

    private static Assessment assessment(ResultSet row, List<Assessment.Finding> findings) throws SQLException {
        Optional<String> epsilon = Rows.optionalText(row, "epsilon_per_run");
        Optional<String> fewest = Rows.optionalText(row, "touched_fewest");
        return new Assessment(
                new BigInteger(Rows.text(row, "bindings")),
                row.getInt("tried"),
                Rows.constant(row, "depth", Assessment.Depth.class),
                row.getInt("answered"),
                findings,
                row.getInt("groups_withheld"),
                fewest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Assessment.Touched(
                                row.getLong("touched_fewest"),
                                row.getLong("touched_most"),
                                row.getLong("smallest_group"))),
                epsilon.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Assessment.Cost(new BigDecimal(epsilon.get()), row.getLong("budget_runs"))));
    }
}
