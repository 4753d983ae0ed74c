package org.datareturn.verifier.privatecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.datareturn.verifier.privatecheck.EvaluationQuota.Reservation;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.junit.jupiter.api.Test;

class DailyQuotaTest {
    private static final Instant LATE = Instant.parse("2026-11-30T15:59:59Z");
    private static final ZoneId CHINA = ZoneOffset.ofHours(8);

    private final TalliedQuota counted = new TalliedQuota(new InProcessProbeMemory());

    @Test
    void countsAGrantOverRegistriesAndEpochsAndBeginsAnewAtMidnight() {
        DailyQuota today = new DailyQuota(counted, Clock.fixed(LATE, CHINA));
        assertThat(today.reserve(scope("population", "g-1", "2026-11"), 6, 10)).isEqualTo(new Reservation.Reserved(4));
        assertThat(today.reserve(scope("marriages", "g-1", "2026-12"), 5, 10)).isEqualTo(new Reservation.Exhausted(4));
        assertThat(today.reserve(scope("population", "g-2", "2026-11"), 10, 10)).isEqualTo(new Reservation.Reserved(0));
        DailyQuota tomorrow = new DailyQuota(counted, Clock.fixed(LATE.plusSeconds(1), CHINA));
        assertThat(tomorrow.reserve(scope("population", "g-1", "2026-11"), 5, 10))
                .isEqualTo(new Reservation.Reserved(5));
    }

    private static EpochScope scope(String dataset, String grant, String epoch) {
        return new EpochScope(dataset, grant, epoch);
    }
}
