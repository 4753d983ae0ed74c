package org.datareturn.policy.opa;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Caller.Proof;
import org.datareturn.policy.Caller.Role;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;

/** Inputs for both engines: an allowed call of each kind, what is wrong with others, and random ones. */
final class Inputs {
    static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    static final TimeFacts TIME = new TimeFacts(NOW.getEpochSecond(), LocalDate.of(2026, 11, 20), 10, 5, true);
    static final Caller CALLER = caller("li.wei", Role.OPERATOR, Role.ANALYST);
    static final GrantFacts GRANT = grant("household-transfer", Purpose.BUSINESS_COORDINATION, Status.ACTIVE);
    static final Ask VERIFY =
            new Ask.Verify("identity-check", Set.of("id_number", "name"), Purpose.BUSINESS_COORDINATION, "370102");
    static final Ask QUERY = new Ask.Query("income-census", Purpose.BUSINESS_COORDINATION, "370100");
    static final PolicyInput VERIFICATION = new PolicyInput(CALLER, Optional.of(GRANT), VERIFY, TIME);
    static final PolicyInput ZONE_QUERY = new PolicyInput(CALLER, Optional.of(GRANT), QUERY, TIME);

    private Inputs() {}

    static Caller caller(String operator, Role... roles) {
        return new Caller("11370000MB2856789X", operator, Set.of(roles), "370100", Proof.MTLS);
    }

    static GrantFacts grant(String scenario, Purpose purpose, Status status) {
        return new GrantFacts(
                "g-1",
                status,
                "11370000MB2856789X",
                scenario,
                purpose,
                NOW.minusSeconds(3600),
                NOW.plusSeconds(3600),
                Set.of("identity-check"),
                Set.of("income-census"),
                Set.of("id_number", "name", "person.age", "person.年龄"),
                Set.of("370100"));
    }

    static PolicyInput by(Caller caller) {
        return new PolicyInput(caller, Optional.of(GRANT), VERIFY, TIME);
    }

    static PolicyInput under(GrantFacts grant) {
        return new PolicyInput(CALLER, Optional.of(grant), VERIFY, TIME);
    }

    static PolicyInput asking(Ask ask) {
        return new PolicyInput(CALLER, Optional.of(GRANT), ask, TIME);
    }

    static PolicyInput at(TimeFacts time) {
        return new PolicyInput(CALLER, Optional.of(GRANT), VERIFY, time);
    }

    private static TimeFacts second(long epochSeconds) {
        return new TimeFacts(epochSeconds, TIME.localDate(), 10, 5, true);
    }

    private static GrantFacts lasting(Instant notBefore, Instant notAfter) {
        return new GrantFacts(
                GRANT.id(),
                GRANT.status(),
                GRANT.organisation(),
                GRANT.scenario(),
                GRANT.purpose(),
                notBefore,
                notAfter,
                GRANT.products(),
                GRANT.zones(),
                GRANT.fields(),
                GRANT.regions());
    }

    /** Inputs that must be denied, and for which reason alone. */
    static Map<PolicyInput, PolicyReason> denied() {
        Purpose purpose = GRANT.purpose();
        Map<PolicyInput, PolicyReason> cases = new LinkedHashMap<>();
        cases.put(new PolicyInput(CALLER, Optional.empty(), VERIFY, TIME), PolicyReason.GRANT_UNKNOWN);
        cases.put(
                by(new Caller("11440000MB2856789Y", "li.wei", CALLER.roles(), "440100", Proof.MTLS)),
                PolicyReason.GRANT_OF_ANOTHER_ORGANISATION);
        cases.put(under(grant("household-transfer", purpose, Status.SUSPENDED)), PolicyReason.GRANT_SUSPENDED);
        cases.put(under(grant("household-transfer", purpose, Status.REVOKED)), PolicyReason.GRANT_REVOKED);
        cases.put(at(second(NOW.getEpochSecond() - 3601)), PolicyReason.GRANT_NOT_YET_VALID);
        cases.put(at(second(NOW.getEpochSecond() + 3600)), PolicyReason.GRANT_EXPIRED);
        cases.put(under(lasting(NOW.plusNanos(1), NOW.plusSeconds(9))), PolicyReason.GRANT_NOT_YET_VALID);
        cases.put(under(lasting(NOW.minusSeconds(9), NOW.plusNanos(1))), PolicyReason.GRANT_EXPIRED);
        cases.put(
                asking(new Ask.Verify("marriage-status", Set.of("name"), purpose, "370102")),
                PolicyReason.PRODUCT_NOT_GRANTED);
        cases.put(
                asking(new Ask.Verify("identity-check", Set.of("phone"), purpose, "370102")),
                PolicyReason.FIELD_NOT_GRANTED);
        cases.put(
                asking(new Ask.Verify("identity-check", Set.of("name"), purpose, "370202")),
                PolicyReason.REGION_NOT_GRANTED);
        cases.put(
                asking(new Ask.Verify("identity-check", Set.of("name"), Purpose.OTHER, "370102")),
                PolicyReason.PURPOSE_NOT_GRANTED);
        cases.put(asking(new Ask.Query("social-insurance", purpose, "370102")), PolicyReason.ZONE_NOT_GRANTED);
        cases.put(by(caller("li.wei", Role.ANALYST)), PolicyReason.ROLE_MISSING);
        cases.put(
                new PolicyInput(caller("li.wei", Role.OPERATOR), Optional.of(GRANT), QUERY, TIME),
                PolicyReason.ROLE_MISSING);
        cases.put(
                new PolicyInput(
                        CALLER,
                        Optional.of(grant("subsidy-review", purpose, Status.ACTIVE)),
                        VERIFY,
                        new TimeFacts(NOW.getEpochSecond(), TIME.localDate(), 18, 5, true)),
                PolicyReason.OUTSIDE_WORKING_HOURS);
        return cases;
    }

    /** Random inputs, near enough to the allowed ones that some are allowed; the same for the same seed. */
    static Stream<PolicyInput> random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> random(random)).limit(count);
    }

    private static PolicyInput random(SplittableRandom random) {
        Caller caller = new Caller(
                mostly(random, GRANT.organisation(), "", "其他单位", "A\u0000B", "\"}],{"),
                mostly(random, "li.wei", "李伟", "\uD83D\uDE00", ""),
                some(random, 3, Role.OPERATOR, Role.ANALYST, Role.AUDITOR),
                mostly(random, "370100", "", "x"),
                pick(random, List.of(Proof.values())));
        Purpose purpose = mostly(random, Purpose.BUSINESS_COORDINATION, Purpose.values());
        GrantFacts grant = new GrantFacts(
                mostly(random, "g-1", "", "授权·一"),
                mostly(random, Status.ACTIVE, Status.values()),
                mostly(random, GRANT.organisation(), "", "其他单位", "A\u0000B"),
                mostly(random, "household-transfer", "marriage-registration", "subsidy-review", "", "working_hours"),
                mostly(random, purpose, Purpose.values()),
                NOW.plusSeconds(random.nextInt(-4000, 400)),
                NOW.plusSeconds(random.nextInt(-400, 4000)),
                some(random, 3, "identity-check", "marriage-status", "\\u0069"),
                some(random, 3, "income-census", "social-insurance"),
                some(random, 4, "id_number", "name", "phone", "person.年龄", "\u2028", "e\u0301", "\uD83D\uDE00"),
                some(random, 2, "370100", "370000", "370102", "000000", "", "37", "440000"));
        String region = mostly(random, "370102", "370000", "370100", "370202", "", "37010A", "３７０１０２", "3701022");
        Ask ask = random.nextBoolean()
                ? new Ask.Verify(
                        mostly(random, "identity-check", "marriage-status", ""),
                        some(random, 3, "id_number", "name", "phone", "e\u0301", "\u00e9"),
                        mostly(random, purpose, Purpose.values()),
                        region)
                : new Ask.Query(
                        mostly(random, "income-census", "social-insurance", ""),
                        mostly(random, purpose, Purpose.values()),
                        region);
        TimeFacts time = new TimeFacts(
                NOW.getEpochSecond() + random.nextInt(-100, 100),
                TIME.localDate(),
                random.nextInt(24),
                1 + random.nextInt(7),
                random.nextBoolean());
        return new PolicyInput(caller, random.nextInt(20) == 0 ? Optional.empty() : Optional.of(grant), ask, time);
    }

    @SafeVarargs
    private static <T> T mostly(SplittableRandom random, T usual, T... others) {
        return random.nextInt(8) != 0 ? usual : others[random.nextInt(others.length)];
    }

    private static <T> T pick(SplittableRandom random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    private static <T> Set<T> some(SplittableRandom random, int sure, T... values) {
        Set<T> some = new HashSet<>();
        for (T value : values) {
            if (random.nextInt(4) < sure) {
                some.add(value);
            }
        }
        return some;
    }
}
