package org.datareturn.sandbox.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationStepTest {
    /** The whole life, written down a second time: a step added by mistake fails here. */
    private static final Map<ApplicationStatus, Set<ApplicationStatus>> LIFE = new EnumMap<>(Map.of(
            ApplicationStatus.SUBMITTED,
            EnumSet.of(
                    ApplicationStatus.FORMALLY_APPROVED,
                    ApplicationStatus.FORMALLY_REFUSED,
                    ApplicationStatus.WITHDRAWN),
            ApplicationStatus.FORMALLY_APPROVED,
            EnumSet.of(ApplicationStatus.APPROVED, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)));

    @ParameterizedTest
    @EnumSource(ApplicationStatus.class)
    void leadsWhereTheStandardSaysAndNowhereElse(ApplicationStatus from) {
        Set<ApplicationStatus> reached = EnumSet.noneOf(ApplicationStatus.class);
        for (ApplicationStep step : ApplicationStep.values()) {
            step.from(from).ifPresent(reached::add);
        }
        assertThat(reached).isEqualTo(LIFE.getOrDefault(from, Set.of()));
    }
}
