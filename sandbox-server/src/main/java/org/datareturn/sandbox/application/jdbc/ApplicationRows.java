package org.datareturn.sandbox.application.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Purpose;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.application.ApplicationDraft;
import org.datareturn.sandbox.application.ApplicationStatus;
import org.datareturn.sandbox.application.ApplicationStep;
import org.datareturn.sandbox.application.StepTaken;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.identity.Region;

/** How an application lies in its tables. */
final class ApplicationRows {
    private ApplicationRows() {}

    /** What an application lists. */
    private enum Item {
        PRODUCT,
        ZONE,
        FIELD,
        REGION
    }

    static void insert(Connection connection, Application application) throws SQLException {
        ApplicationDraft draft = application.draft();
        Rows.change(
                connection,
                """
                INSERT INTO applications (
                    id, version, status, due, applicant, applicant_name, applicant_kind, applicant_region, filed_by,
                    filed_at, provider, content_authority, contact_name, contact_phone, contact_email, system_name,
                    scenario, legal_basis, purpose, purpose_text, additional_agreement, technical_request, valid_from,
                    valid_until, commitment_version, commitment_digest, responsible_person, grant_id, calls_per_day,
                    private_items_per_day)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                application.id(),
                application.version(),
                application.status(),
                application.due().orElse(null),
                application.applicant().code(),
                application.applicant().name(),
                application.applicant().kind(),
                application.applicant().region().code(),
                application.filedBy().operator(),
                application.filedAt(),
                draft.provider(),
                application.contentAuthority(),
                draft.contact().name(),
                draft.contact().phone(),
                draft.contact().email(),
                draft.systemName(),
                draft.scenario(),
                draft.legalBasis(),
                draft.purpose().orElse(null),
                draft.purposeText(),
                draft.additionalAgreement(),
                draft.technicalRequest(),
                draft.validFrom().orElse(null),
                draft.validUntil().orElse(null),
                application.commitmentVersion(),
                draft.commitment().textDigest(),
                draft.commitment().responsiblePerson(),
                application.grantId().orElse(null),
                Rows.orNull(draft.quotas().callsPerDay()),
                draft.quotas().privateItemsPerDay());
        insertItems(connection, application.id(), Item.PRODUCT, draft.products());
        insertItems(connection, application.id(), Item.ZONE, draft.zones());
        insertItems(connection, application.id(), Item.FIELD, draft.fields());
        insertItems(connection, application.id(), Item.REGION, draft.regions());
    }

    private static void insertItems(Connection connection, String id, Item kind, List<String> items)
            throws SQLException {
        for (int i = 0; i < items.size(); i++) {
            Rows.change(
                    connection,
                    "INSERT INTO application_items (application_id, kind, seq, item) VALUES (?, ?, ?, ?)",
                    id,
                    kind,
                    i,
                    items.get(i));
        }
    }

    static void addStep(Connection connection, String id, int seq, StepTaken step) throws SQLException {
        Rows.change(
                connection,
                """
                INSERT INTO application_steps (application_id, seq, step, by_organisation, by_operator, taken_at,
                                               reasons, legal_basis)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                seq,
                step.step(),
                step.by().organisation(),
                step.by().operator(),
                step.at(),
                step.reasons(),
                step.legalBasis());
    }

    /**
     * Reads applications.
     *
     * @param where a constant condition and order, never anything a caller sent
     */
    static List<Application> select(Connection connection, String where, Object... arguments) throws SQLException {
        List<Application> applications = new ArrayList<>();
        for (String id :
                Rows.all(connection, row -> Rows.text(row, "id"), "SELECT id FROM applications " + where, arguments)) {
            applications.add(one(connection, id));
        }
        return applications;
    }

    private static Application one(Connection connection, String id) throws SQLException {
        List<String> products = items(connection, id, Item.PRODUCT);
        List<String> zones = items(connection, id, Item.ZONE);
        List<String> fields = items(connection, id, Item.FIELD);
        List<String> regions = items(connection, id, Item.REGION);
        // The row before its steps: should a rival take a step in between, the version read here is the older one, and
        // whatever is decided on this reading fails its optimistic lock.
        return Rows.first(
                        connection,
                        row -> application(row, draft(row, products, zones, fields, regions), steps(connection, id)),
                        "SELECT * FROM applications WHERE id = ?",
                        id)
                .orElseThrow(() -> new SQLException("applications are never deleted"));
    }

    private static List<StepTaken> steps(Connection connection, String id) throws SQLException {
        return Rows.all(
                connection,
                ApplicationRows::step,
                "SELECT * FROM application_steps WHERE application_id = ? ORDER BY seq",
                id);
    }

    private static List<String> items(Connection connection, String id, Item kind) throws SQLException {
        return Rows.all(
                connection,
                row -> Rows.text(row, "item"),
                "SELECT item FROM application_items WHERE application_id = ? AND kind = ? ORDER BY seq",
                id,
                kind);
    }

    private static Application application(ResultSet row, ApplicationDraft draft, List<StepTaken> steps)
            throws SQLException {
        String applicant = Rows.text(row, "applicant");
        return new Application(
                Rows.text(row, "id"),
                draft,
                new Organisation(
                        applicant,
                        Rows.text(row, "applicant_name"),
                        Rows.constant(row, "applicant_kind", Organisation.Kind.class),
                        new Region(Rows.text(row, "applicant_region"))),
                new Principal(applicant, Rows.text(row, "filed_by")),
                Rows.instant(row, "filed_at"),
                Rows.text(row, "commitment_version"),
                Rows.text(row, "content_authority"),
                Rows.constant(row, "status", ApplicationStatus.class),
                Rows.optionalDate(row, "due"),
                steps,
                Rows.optionalText(row, "grant_id"),
                row.getInt("version"));
    }

    private static ApplicationDraft draft(
            ResultSet row, List<String> products, List<String> zones, List<String> fields, List<String> regions)
            throws SQLException {
        return new ApplicationDraft(
                Rows.text(row, "provider"),
                products,
                zones,
                fields,
                regions,
                new ApplicationDraft.Contact(
                        Rows.text(row, "contact_name"),
                        Rows.text(row, "contact_phone"),
                        Rows.text(row, "contact_email")),
                Rows.text(row, "system_name"),
                Rows.text(row, "scenario"),
                Rows.text(row, "legal_basis"),
                Optional.of(Rows.constant(row, "purpose", Purpose.class)),
                Rows.text(row, "purpose_text"),
                Rows.text(row, "additional_agreement"),
                Rows.text(row, "technical_request"),
                Optional.of(Rows.instant(row, "valid_from")),
                Optional.of(Rows.instant(row, "valid_until")),
                new GrantFacts.Quotas(Rows.optionalLong(row, "calls_per_day"), row.getLong("private_items_per_day")),
                // Only accepted commitments are ever filed.
                new ApplicationDraft.Commitment(
                        ApplicationDraft.Acceptance.ACCEPTED,
                        Rows.text(row, "commitment_digest"),
                        Rows.text(row, "responsible_person")));
    }

    private static StepTaken step(ResultSet row) throws SQLException {
        return new StepTaken(
                Rows.constant(row, "step", ApplicationStep.class),
                new Principal(Rows.text(row, "by_organisation"), Rows.text(row, "by_operator")),
                Rows.instant(row, "taken_at"),
                Rows.text(row, "reasons"),
                Rows.text(row, "legal_basis"));
    }
}
