package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.datareturn.policy.Caller.Role;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.junit.jupiter.api.Test;

/** A decision is remembered for its very input and second. */
class RememberedDecisionsTest {
    private static final Decision DENIED = new Decision.Deny(List.of(PolicyReason.POLICY_UNDEFINED), "r");

    private final RememberedDecisions remembered = new RememberedDecisions();

    @Test
    void answersTheSameInputOnly() {
        remembered.keep(Inputs.VERIFICATION, DENIED);

        assertThat(remembered.find(Inputs.VERIFICATION)).contains(DENIED);
        assertThat(remembered.find(Inputs.by(Inputs.caller("li.wei", Role.ANALYST))))
                .isEmpty();
        PolicyInput suspended = new PolicyInput(
                Inputs.CALLER,
                Optional.of(Inputs.grant("household-transfer", Purpose.BUSINESS_COORDINATION, Status.SUSPENDED)),
                Inputs.VERIFY,
                Inputs.TIME);
        assertThat(remembered.find(suspended)).isEmpty();
    }

    @Test
    void forgetsWithTheSecond() {
        remembered.keep(Inputs.VERIFICATION, DENIED);
        PolicyInput later = at(1);
        assertThat(remembered.find(later)).isEmpty();

        remembered.keep(later, DENIED);

        assertThat(remembered.find(later)).contains(DENIED);
        assertThat(remembered.find(Inputs.VERIFICATION)).isEmpty();
    }

    @Test
    void keepsNoMoreThanItsMost() {
        for (int i = 0; i < 5_000; i++) {
            remembered.keep(Inputs.by(Inputs.caller("operator-" + i, Role.OPERATOR)), DENIED);
        }

        assertThat(remembered.find(Inputs.by(Inputs.caller("operator-4095", Role.OPERATOR))))
                .isPresent();
        assertThat(remembered.find(Inputs.by(Inputs.caller("operator-4096", Role.OPERATOR))))
                .isEmpty();
    }

    private static PolicyInput at(int laterSeconds) {
        TimeFacts now = Inputs.TIME;
        return new PolicyInput(
                Inputs.CALLER,
                Optional.of(Inputs.GRANT),
                Inputs.VERIFY,
                new TimeFacts(
                        now.epochSeconds() + laterSeconds,
                        now.localDate(),
                        now.hour(),
                        now.isoWeekday(),
                        now.workingDay()));
    }
}
