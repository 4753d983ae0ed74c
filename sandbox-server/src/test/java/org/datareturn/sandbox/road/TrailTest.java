package org.datareturn.sandbox.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Purpose;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.TraceId;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private static final String OURS = "11370812MB1000010Y";
    private static final String THEIRS = "11370881MB40000162";

    @Test
    void recordsTheCallersOwnGrantAndItsApplication() {
        LedgerRecord record = begun("identity-check")
                .by(caller())
                .under(grantOf(OURS))
                .decidedBy("revision-7")
                .ending(LedgerRecord.Kind.VERIFICATION, "MATCH");
        assertThat(record.organisation()).isEqualTo(OURS);
        assertThat(record.operator()).isEqualTo("county-operator");
        assertThat(record.grantId()).contains("grant-1");
        assertThat(record.applicationId()).contains("application-1");
        assertThat(record.policyRevision()).isEqualTo("revision-7");
        assertThat(record.requestDigest()).contains("ab".repeat(32));
    }

    @Test
    void recordsNothingOfAnothersGrant() {
        LedgerRecord record = begun("identity-check")
                .by(caller())
                .under(grantOf(THEIRS))
                .ending(LedgerRecord.Kind.REFUSAL, "GRANT_UNKNOWN");
        assertThat(record.grantId()).isEmpty();
        assertThat(record.applicationId()).isEmpty();
    }

    @Test
    void recordsNoGrantForSomebodyWhoWasNotProven() {
        LedgerRecord record =
                begun("identity-check").under(grantOf(OURS)).ending(LedgerRecord.Kind.REFUSAL, "IDENTITY_MISSING");
        assertThat(record.grantId()).isEmpty();
        assertThat(record.organisation()).isEqualTo("unknown");
        assertThat(record.operator()).isEqualTo("unknown");
        assertThat(record.policyRevision()).isEqualTo("none");
    }

    @Test
    void keepsOfATargetOnlyWhatARecordMayHold() {
        assertThat(target("")).isEqualTo("unknown");
        assertThat(target("\u0000\n\r\u007f")).isEqualTo("unknown");
        assertThat(target("a\u0000b\ud800c")).isEqualTo("abc");
        assertThat(target("𠮷".repeat(100))
                        .codePointCount(0, target("𠮷".repeat(100)).length()))
                .isEqualTo(64);
    }

    private static String target(String named) {
        return begun(named).ending(LedgerRecord.Kind.REFUSAL, "ANY").target();
    }

    private static Trail begun(String target) {
        return Trail.begin(TraceId.random(new SecureRandom()), NOON, target, Optional.of("ab".repeat(32)));
    }

    private static Caller caller() {
        return new Caller(OURS, "county-operator", Set.of(Caller.Role.OPERATOR), "370812", Caller.Proof.MTLS);
    }

    static Grant grantOf(String organisation) {
        GrantFacts facts = new GrantFacts(
                "grant-1",
                GrantFacts.Status.ACTIVE,
                organisation,
                "scenario",
                Purpose.ADMINISTRATIVE_BASIS,
                NOON.minusSeconds(3600),
                NOON.plusSeconds(3600),
                Set.of("identity-check"),
                Set.of(),
                Set.of("id_number", "name"),
                Set.of("370800"));
        return new Grant(facts, "application-1", "11370000MB30000142", NOON);
    }
}
