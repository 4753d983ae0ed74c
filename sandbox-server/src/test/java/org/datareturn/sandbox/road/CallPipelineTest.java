package org.datareturn.sandbox.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Decision;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.identity.Authenticator;
import org.datareturn.sandbox.identity.BearerTokens;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.identity.DevelopmentAuthority;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.IdentityReason;
import org.datareturn.sandbox.identity.Operator;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.identity.Region;
import org.datareturn.sandbox.identity.RegisteredOperator;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.NoteSigner;
import org.datareturn.sandbox.ledger.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The road with a real ledger and real tokens; grants and policy are scripted. */
class CallPipelineTest {
    private static final String NAME = "datareturn.example/road";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
    private static final String OURS = DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code();
    private static final Call CALL = new Call(
            "grant-1",
            new Ask.Verify("identity-check", Set.of("name"), Purpose.ADMINISTRATIVE_BASIS, "370812"),
            "identity-check",
            List.of("name", "某人"));

    @TempDir
    private Path scratch;

    private Ledger ledger;
    private CallPipeline road;
    private Credentials operator;
    private GrantLookup grant = new GrantLookup.Found(TrailTest.grantOf(OURS));
    private Function<PolicyInput, Decision> policy = input -> allow();
    private final List<PolicyInput> asked = new ArrayList<>();
    private final List<AuthorisedCall> done = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        KeyRing keys = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
        ledger = Ledger.open(
                scratch.resolve("data/ledger"), new NoteSigner(NAME, keys.ledgerSigningKey()), keys.journal());
        DevelopmentAuthority authority = DevelopmentAuthority.open(
                scratch.resolve("identities"),
                DevelopmentIdentities.all(),
                BearerTokens.Settings.of(NAME, NAME),
                CLOCK);
        operator = new Credentials(
                List.of(), Optional.of(authority.tokens().issue(new Principal(OURS, "county-operator"))));
        OperatorRegister register = new MemoryRegister();
        DevelopmentIdentities.enter(register);
        road = new CallPipeline(
                new Authenticator(authority.certificates(), authority.tokens(), register),
                id -> grant,
                new Authoriser(input -> {
                    asked.add(input);
                    return policy.apply(input);
                }),
                ledger,
                keys.requestDigests(),
                WorkingCalendar.standard(),
                CLOCK);
    }

    @AfterEach
    void close() throws Exception {
        if (ledger.isOpen()) {
            ledger.close();
        }
    }

    @Test
    void answersWhatWasAuthorisedAndRecordsItFirst() throws Exception {
        Recorded<Outcome<String>> recorded = road.travel(operator, CALL, this::answer);
        assertThat(recorded.answer()).isEqualTo(new Outcome.Answered<>("yes"));
        LedgerRecord record = recordOf(recorded);
        assertThat(record.kind()).isEqualTo(LedgerRecord.Kind.VERIFICATION);
        assertThat(record.outcome()).isEqualTo("MATCH");
        assertThat(record.grantId()).contains("grant-1");
        assertThat(record.policyRevision()).isEqualTo("revision-7");
        assertThat(record.requestDigest()).isPresent();
        assertThat(asked).singleElement().satisfies(input -> {
            assertThat(input.grant()).isPresent();
            assertThat(input.time().hour()).as("the node's own hour").isEqualTo(12);
            assertThat(input.time().workingDay()).isTrue();
        });
    }

    @Test
    void doesNothingForSomebodyUnknownAndRecordsTheRefusal() throws Exception {
        Recorded<Outcome<String>> recorded = road.travel(Credentials.none(), CALL, this::answer);
        refused(recorded, IdentityReason.IDENTITY_MISSING);
        assertThat(recordOf(recorded).organisation()).isEqualTo("unknown");
        assertThat(asked).isEmpty();
    }

    @Test
    void doesNothingThatThePolicyDenies() throws Exception {
        policy = input -> new Decision.Deny(List.of(PolicyReason.PURPOSE_NOT_GRANTED), "revision-7");
        Recorded<Outcome<String>> recorded = road.travel(operator, CALL, this::answer);
        refused(recorded, PolicyReason.PURPOSE_NOT_GRANTED);
        assertThat(recordOf(recorded).policyRevision()).isEqualTo("revision-7");
    }

    @Test
    void tellsOfAnothersGrantOnlyThatThereIsNone() throws Exception {
        grant = new GrantLookup.Found(TrailTest.grantOf(DevelopmentIdentities.OTHER_COUNTY_AGENCY.code()));
        policy = input -> new Decision.Deny(List.of(PolicyReason.GRANT_OF_ANOTHER_ORGANISATION), "revision-7");
        Recorded<Outcome<String>> recorded = road.travel(operator, CALL, this::answer);
        refused(recorded, PolicyReason.GRANT_UNKNOWN);
        assertThat(recordOf(recorded).grantId()).isEmpty();
    }

    @Test
    void refusesAndRecordsWhenTheGrantsCannotBeRead() throws Exception {
        grant = new GrantLookup.Unavailable(Refusal.of(ControlReason.CONTROL_STORE_UNAVAILABLE));
        refused(road.travel(operator, CALL, this::answer), ControlReason.CONTROL_STORE_UNAVAILABLE);
        assertThat(asked).as("without its grant a call is not judged").isEmpty();
    }

    @Test
    void refusesAndRecordsWhenTheDeedThrows() throws Exception {
        Recorded<Outcome<String>> recorded = road.travel(operator, CALL, authorised -> {
            throw new IllegalStateException("张三 370812199001011234");
        });
        refused(recorded, RoadReason.INTERNAL_FAULT);
        assertThat(recorded.receipt().text() + recordOf(recorded)).doesNotContain("张三", "3708121990");
    }

    @Test
    void refusesAndRecordsWhenTheStoreFailsDuringAnAdministrativeDeed() throws Exception {
        Recorded<Outcome<String>> recorded = road.administer(operator, "application", caller -> {
            throw new ControlStoreException("control store: insert", new SQLException("disk full"));
        });
        refused(recorded, ControlReason.CONTROL_STORE_UNAVAILABLE);
        assertThat(recordOf(recorded).target()).isEqualTo("application");
    }

    @Test
    void answersNothingThatCannotBeRecorded() throws Exception {
        ledger.close();
        assertThatExceptionOfType(LedgerUnavailableException.class)
                .isThrownBy(() -> road.travel(operator, CALL, this::answer));
        assertThatExceptionOfType(LedgerUnavailableException.class)
                .as("not even a refusal")
                .isThrownBy(() -> road.travel(Credentials.none(), CALL, this::answer));
        assertThatExceptionOfType(LedgerUnavailableException.class)
                .isThrownBy(() -> road.administer(
                        operator,
                        "application",
                        caller -> Done.event("done", LedgerRecord.Kind.APPLICATION_EVENT, "SUBMITTED")));
    }

    private Done<String> answer(AuthorisedCall call) {
        done.add(call);
        return Done.event("yes", LedgerRecord.Kind.VERIFICATION, "MATCH");
    }

    private void refused(Recorded<Outcome<String>> recorded, ReasonCode reason) throws LedgerUnavailableException {
        assertThat(recorded.answer())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
        assertThat(recordOf(recorded).kind()).isEqualTo(LedgerRecord.Kind.REFUSAL);
        assertThat(recordOf(recorded).outcome()).isEqualTo(reason.name());
        assertThat(done).as("nothing was done").isEmpty();
    }

    /** What the ledger itself holds of the call. */
    private LedgerRecord recordOf(Recorded<?> recorded) throws LedgerUnavailableException {
        return ledger.reader().find(recorded.traceId()).getFirst().record();
    }

    private static Decision allow() {
        return new Decision.Allow(
                new Obligations(Obligations.AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false), "revision-7");
    }

    /** A register in memory: everyone it is told of, enabled. */
    private static final class MemoryRegister implements OperatorRegister {
        private final Map<String, Organisation> organisations = new HashMap<>();
        private final Map<Principal, Operator> operators = new HashMap<>();

        @Override
        public Optional<RegisteredOperator> find(Principal principal) {
            return Optional.ofNullable(operators.get(principal))
                    .flatMap(found -> organisation(principal.organisation())
                            .map(of -> new RegisteredOperator(found, of, RegisteredOperator.Standing.ENABLED)));
        }

        @Override
        public Optional<Organisation> organisation(String code) {
            return Optional.ofNullable(organisations.get(code));
        }

        @Override
        public Optional<Organisation> dataAuthorityFor(Region region) {
            return Optional.empty();
        }

        @Override
        public void register(Organisation organisation) {
            organisations.put(organisation.code(), organisation);
        }

        @Override
        public void register(Operator operator) {
            operators.put(operator.principal(), operator);
        }

        @Override
        public void set(Principal principal, RegisteredOperator.Standing standing) {
            throw new AssertionError("the road changes nobody's standing");
        }

        @Override
        public void setOrganisation(String code, RegisteredOperator.Standing standing) {
            throw new AssertionError("the road changes nobody's standing");
        }
    }
}
