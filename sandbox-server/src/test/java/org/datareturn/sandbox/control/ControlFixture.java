package org.datareturn.sandbox.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.application.ApplicationDesk;
import org.datareturn.sandbox.application.ApplicationDraft;
import org.datareturn.sandbox.application.ApplicationOutcome;
import org.datareturn.sandbox.application.ApplicationRules;
import org.datareturn.sandbox.application.Verdict;
import org.datareturn.sandbox.application.jdbc.JdbcApplicationStore;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;
import org.datareturn.sandbox.catalogue.jdbc.JdbcResourceCatalogue;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantDesk;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.grant.GrantStore;
import org.datareturn.sandbox.grant.jdbc.JdbcGrantStore;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.jdbc.JdbcOperatorRegister;

/** A node's control data over one fresh database: the cast registered, a catalogue of three resources, both desks. */
public final class ControlFixture implements AutoCloseable {
    /** A base-library product, whose content the provincial data authority reviews. */
    public static final Resource IDENTITY_CHECK = resource(
            "identity-check",
            Resource.Kind.PRODUCT,
            DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
            Resource.Library.BASE,
            DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
            "id_number",
            "name");

    /** A base-library zone of the same provider. */
    public static final Resource POPULATION = resource(
            "population",
            Resource.Kind.ZONE,
            DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
            Resource.Library.BASE,
            DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
            "person.age",
            "person.sex",
            "person.education");

    /** A product outside the base libraries, whose content the industry authority reviews. */
    public static final Resource MARRIAGE = resource(
            "marriage-check",
            Resource.Kind.PRODUCT,
            DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
            Resource.Library.OTHER,
            DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
            "id_number",
            "spouse_id_number");

    private final ControlDatabase database;
    private final FakeClock clock = FakeClock.at("2026-09-30T02:00:00Z");
    private final OperatorRegister register;
    private final ResourceCatalogue catalogue;
    private final GrantStore grants;
    private final GrantDesk grantDesk;
    private final ApplicationDesk desk;

    /** A fixture over a fresh database of an engine. */
    public ControlFixture(ControlDatabase.Engine engine) {
        database = ControlDatabase.open(engine);
        register = new JdbcOperatorRegister(database.dataSource());
        DevelopmentIdentities.enter(register);
        catalogue = new JdbcResourceCatalogue(database.dataSource(), register);
        List.of(IDENTITY_CHECK, POPULATION, MARRIAGE).forEach(catalogue::register);
        grants = new JdbcGrantStore(database.dataSource());
        grantDesk = new GrantDesk(grants, register, clock);
        desk = new ApplicationDesk(
                new JdbcApplicationStore(database.dataSource()),
                register,
                catalogue,
                WorkingCalendar.standard(),
                ApplicationRules.standard(),
                clock);
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    public FakeClock clock() {
        return clock;
    }

    public OperatorRegister register() {
        return register;
    }

    public ResourceCatalogue catalogue() {
        return catalogue;
    }

    public GrantStore grants() {
        return grants;
    }

    public GrantDesk grantDesk() {
        return grantDesk;
    }

    public ApplicationDesk desk() {
        return desk;
    }

    /** One of the cast, authenticated. */
    public Caller caller(String alias) {
        return DevelopmentIdentities.all().stream()
                .filter(identity -> identity.alias().equals(alias))
                .findFirst()
                .map(identity -> new Caller(
                        identity.organisation().code(),
                        alias,
                        identity.operator().roles(),
                        identity.organisation().region().code(),
                        Caller.Proof.BEARER))
                .orElseThrow();
    }

    /** One of the cast with other roles. */
    public Caller caller(String alias, Caller.Role... roles) {
        Caller as = caller(alias);
        return new Caller(as.organisation(), as.operator(), Set.of(roles), as.region(), as.proof());
    }

    /** A draft in which nothing is missing: the identity check and the population zone. */
    public static DraftMaker draft() {
        return new DraftMaker(new ApplicationDraft(
                DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                List.of("identity-check"),
                List.of("population"),
                List.of("id_number", "name", "person.age", "person.sex"),
                List.of("370812"),
                new ApplicationDraft.Contact("王申请", "0537-3412345", "wang@example.gov.cn"),
                "婚姻登记管理系统",
                "民政办理婚姻登记事项双方身份信息核验",
                "《婚姻登记条例》第四条",
                Optional.of(Purpose.ADMINISTRATIVE_BASIS),
                "",
                "",
                "",
                Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
                Optional.of(Instant.parse("2027-10-01T00:00:00Z")),
                GrantFacts.Quotas.STANDARD,
                new ApplicationDraft.Commitment(ApplicationDraft.Acceptance.ACCEPTED, "", "李安全")));
    }

    /** An application that was filed. */
    public Application filed() {
        return done(desk.file(caller("county-applicant"), draft().make()));
    }

    /** An application that passed formal review. */
    public Application formallyApproved() {
        return done(desk.reviewFormally(caller("city-formal-reviewer"), filed().id(), new Verdict.Approve("")));
    }

    /** The grant of an application that passed both reviews. */
    public Grant granted() {
        Application approved = done(desk.reviewContent(
                caller("province-content-reviewer"), formallyApproved().id(), new Verdict.Approve("同意")));
        return found(grants.find(approved.grantId().orElseThrow()));
    }

    public static Grant found(GrantLookup lookup) {
        if (lookup instanceof GrantLookup.Found found) {
            return found.grant();
        }
        throw new AssertionError("expected a grant, was " + lookup);
    }

    public static Application done(ApplicationOutcome outcome) {
        return switch (outcome) {
            case ApplicationOutcome.Done done -> done.application();
            case ApplicationOutcome.Refused refused ->
                throw new AssertionError("refused: "
                        + refused.refusals().stream().map(Refusal::messageEn).toList());
        };
    }

    public static List<String> reasons(ApplicationOutcome outcome) {
        return switch (outcome) {
            case ApplicationOutcome.Done done -> throw new AssertionError("done: " + done.application());
            case ApplicationOutcome.Refused refused ->
                refused.refusals().stream()
                        .map(refusal -> refusal.reason().name())
                        .toList();
        };
    }

    @Override
    public void close() {
        database.close();
    }

    private static Resource resource(
            String name,
            Resource.Kind kind,
            String provider,
            Resource.Library library,
            String authority,
            String... fields) {
        return new Resource(
                name,
                kind,
                "资源" + name,
                "Resource " + name,
                provider,
                library,
                authority,
                Resource.Sharing.CONDITIONAL,
                "",
                Resource.Grade.LEVEL_3,
                List.of(fields).stream()
                        .map(field -> new Resource.Field(field, "字段" + field))
                        .toList());
    }
}
