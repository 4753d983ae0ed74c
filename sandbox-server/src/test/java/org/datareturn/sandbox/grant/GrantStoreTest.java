package org.datareturn.sandbox.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.grant.jdbc.JdbcGrantStore;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class GrantStoreTest {
    private final ControlFixture node;

    GrantStoreTest(Engine engine) {
        this.node = new ControlFixture(engine);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void tellsThePolicyExactlyWhatWasAppliedFor() {
        Application application = node.formallyApproved();
        Grant grant = node.granted();
        GrantFacts facts = grant.facts();

        assertThat(facts.status()).isEqualTo(Status.ACTIVE);
        assertThat(facts.organisation()).isEqualTo(DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code());
        assertThat(facts.scenario()).isEqualTo(application.draft().scenario());
        assertThat(facts.products()).isEqualTo(Set.of("identity-check"));
        assertThat(facts.zones()).isEqualTo(Set.of("population"));
        assertThat(facts.fields()).isEqualTo(Set.of("id_number", "name", "person.age", "person.sex"));
        assertThat(facts.regions()).isEqualTo(Set.of("370812"));
        assertThat(facts.notBefore()).isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(facts.notAfter()).isEqualTo(Instant.parse("2027-10-01T00:00:00Z"));
        assertThat(grant.issuedBy()).isEqualTo(DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code());
        assertThat(node.grants().ofOrganisation(facts.organisation())).containsExactly(grant);
    }

    @Test
    void showsASuspensionToTheNextFindOfAnotherThreadAndOfAnotherServer() throws Exception {
        Grant grant = node.granted();
        GrantDirectory otherServer = new JdbcGrantStore(node.dataSource());
        assertThat(status(node.grants(), grant)).isEqualTo(Status.ACTIVE);
        assertThat(status(otherServer, grant)).isEqualTo(Status.ACTIVE);

        for (Status status : List.of(Status.SUSPENDED, Status.ACTIVE, Status.REVOKED)) {
            change(grant, status);
            assertThat(status(otherServer, grant)).isEqualTo(status);
            try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
                assertThat(thread.submit(() -> status(node.grants(), grant)).get())
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void neverAnswersActiveToAFindThatStartsAfterTheRevocationReturned() throws Exception {
        Grant grant = node.granted();
        GrantDirectory otherServer = new JdbcGrantStore(node.dataSource());
        CyclicBarrier start = new CyclicBarrier(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Status> lastSeen = () -> {
                start.await();
                Status seen = status(otherServer, grant);
                for (int i = 0; i < 2000 && seen != Status.REVOKED; i++) {
                    seen = status(otherServer, grant);
                }
                return seen;
            };
            Future<Status> first = threads.submit(lastSeen);
            Future<Status> second = threads.submit(lastSeen);
            start.await();
            change(grant, Status.REVOKED);
            assertThat(status(otherServer, grant)).isEqualTo(Status.REVOKED);
            assertThat(status(node.grants(), grant)).isEqualTo(Status.REVOKED);
            assertThat(first.get()).isEqualTo(Status.REVOKED);
            assertThat(second.get()).isEqualTo(Status.REVOKED);
        }
    }

    @Test
    void keepsWhoChangedItWhenAndWhy() {
        Grant grant = node.granted();
        change(grant, Status.SUSPENDED);
        change(grant, Status.ACTIVE);
        change(grant, Status.REVOKED);

        List<GrantChange> history = node.grantDesk().history(node.caller("auditor"), grant.id());
        assertThat(history)
                .extracting(GrantChange::to)
                .containsExactly(Status.ACTIVE, Status.SUSPENDED, Status.ACTIVE, Status.REVOKED);
        assertThat(history.getFirst().byOperator()).isEqualTo("province-content-reviewer");
        assertThat(history.getLast())
                .isEqualTo(new GrantChange(
                        Status.ACTIVE,
                        Status.REVOKED,
                        DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
                        "security-officer",
                        node.clock().instant(),
                        "to REVOKED"));
        assertThat(node.grantDesk().history(node.caller("foreign-agency"), grant.id()))
                .isEmpty();
    }

    @Test
    void nothingBringsARevokedGrantBack() {
        Grant grant = node.granted();
        change(grant, Status.REVOKED);
        Caller officer = node.caller("security-officer");
        for (GrantOutcome outcome : List.of(
                node.grantDesk().resume(officer, grant.id(), "again"),
                node.grantDesk().suspend(officer, grant.id(), "again"),
                node.grantDesk().revoke(officer, grant.id(), "again"),
                node.grantDesk().suspendByNode(grant.id(), "alarm"))) {
            assertThat(reason(outcome)).isEqualTo("GRANT_CHANGE_IMPOSSIBLE");
        }
        assertThat(status(node.grants(), grant)).isEqualTo(Status.REVOKED);
    }

    @Test
    void letsTheNodeSuspendAndOnlyPeopleResume() {
        Grant grant = node.granted();
        assertThat(node.grantDesk().suspendByNode(grant.id(), "MISS_RATE"))
                .isEqualTo(new GrantOutcome.Done(grant.in(Status.SUSPENDED)));
        assertThat(node.grants().history(grant.id()).getLast().byOperator()).isEqualTo(GrantChange.NODE);
        change(grant, Status.ACTIVE);
    }

    @Test
    void refusesAChangeByAnybodyButASecurityOfficerOfAnAuthority() {
        Grant grant = node.granted();
        GrantDesk desk = node.grantDesk();
        for (Caller caller : List.of(
                node.caller("auditor"),
                node.caller("county-applicant"),
                node.caller("city-formal-reviewer"),
                // A security officer of the grantee itself, an agency.
                node.caller("county-applicant", Caller.Role.SECURITY_OFFICER))) {
            assertThat(reason(desk.suspend(caller, grant.id(), "why"))).isEqualTo("GRANT_CHANGE_NOT_ALLOWED");
        }
        assertThat(reason(desk.suspend(node.caller("foreign-agency", Caller.Role.SECURITY_OFFICER), grant.id(), "why")))
                .isEqualTo("GRANT_NOT_FOUND");
        assertThat(reason(desk.suspend(node.caller("security-officer"), grant.id(), "  ")))
                .isEqualTo("GRANT_CHANGE_NEEDS_REASON");
        assertThat(status(node.grants(), grant)).isEqualTo(Status.ACTIVE);
    }

    @Test
    void showsAGrantToItsOwnerAndWatchersOnly() {
        Grant grant = node.granted();
        for (String alias : List.of("county-operator", "county-analyst", "auditor", "security-officer")) {
            assertThat(node.grantDesk().get(node.caller(alias), grant.id())).isEqualTo(new GrantOutcome.Done(grant));
        }
        for (String alias : List.of("foreign-agency", "public-security-provider", "city-formal-reviewer")) {
            assertThat(reason(node.grantDesk().get(node.caller(alias), grant.id())))
                    .isEqualTo("GRANT_NOT_FOUND");
        }
    }

    @Test
    void findsNoGrantForANameThatIsNone() {
        for (String id : List.of("", "grant-x", "' OR '1'='1", "grant-\0", "x".repeat(100_000))) {
            assertThat(node.grants().find(id)).isEqualTo(new GrantLookup.None());
        }
    }

    @Test
    void ofTwoOfficersAtOnceOneWins() throws Exception {
        Grant grant = node.granted();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<GrantOutcome> suspend = () -> {
            start.await();
            return node.grantDesk().suspend(node.caller("security-officer"), grant.id(), "to SUSPENDED");
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<GrantOutcome> outcomes = threads.invokeAll(List.of(suspend, suspend)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(outcomes).filteredOn(GrantOutcome.Done.class::isInstance).hasSize(1);
        }
        assertThat(node.grants().history(grant.id())).hasSize(2);
    }

    private void change(Grant grant, Status to) {
        Caller officer = node.caller("security-officer");
        String reason = "to " + to;
        GrantOutcome outcome = switch (to) {
            case ACTIVE -> node.grantDesk().resume(officer, grant.id(), reason);
            case SUSPENDED -> node.grantDesk().suspend(officer, grant.id(), reason);
            case REVOKED -> node.grantDesk().revoke(officer, grant.id(), reason);
        };
        assertThat(outcome).isEqualTo(new GrantOutcome.Done(grant.in(to)));
    }

    private static Status status(GrantDirectory directory, Grant grant) {
        return ControlFixture.found(directory.find(grant.id())).facts().status();
    }

    private static String reason(GrantOutcome outcome) {
        return Stream.of(outcome)
                .filter(GrantOutcome.Refused.class::isInstance)
                .map(GrantOutcome.Refused.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a refusal, was " + outcome))
                .refusal()
                .reason()
                .name();
    }
}
