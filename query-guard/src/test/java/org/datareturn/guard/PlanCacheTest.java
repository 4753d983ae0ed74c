package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.datareturn.guard.plan.Question;
import org.datareturn.policy.Refusal;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
    private static final Question QUESTION = new Question(List.of(), List.of(), "SELECT 1", List.of());

    private final PlanCache cache = new PlanCache();
    private final AtomicInteger read = new AtomicInteger();

    private PlanCache.Reading get(String sql, Set<String> columns, int minGroupSize, String edition) {
        return cache.get(new PlanCache.Key(sql, List.of(), columns, minGroupSize, edition), () -> {
            read.incrementAndGet();
            return QUESTION;
        });
    }

    @Test
    void readsATextOnce() {
        PlanCache.Reading first = get("SELECT 1", Set.of("t.a"), 10, "e");
        assertThat(get("SELECT 1", Set.of("t.a"), 10, "e")).isSameAs(first);
        assertThat(read).hasValue(1);
    }

    @Test
    void readsAgainForOtherColumnsAnotherThresholdAndAnotherEdition() {
        get("SELECT 1", Set.of("t.a"), 10, "e");
        get("SELECT 1", Set.of("t.a", "t.b"), 10, "e");
        get("SELECT 1", Set.of("t.a"), 11, "e");
        get("SELECT 1", Set.of("t.a"), 10, "f");
        get("SELECT  1", Set.of("t.a"), 10, "e");
        assertThat(read).hasValue(5);
    }

    @Test
    void remembersRefusalsToo() {
        PlanCache.Key key = new PlanCache.Key("SELECT x", List.of(), Set.of(), 10, "e");
        PlanCache.Reading turned = cache.get(key, () -> {
            throw new QueryRefused(Refusal.of(GuardReason.SQL_SYNTAX));
        });
        assertThat(turned).isEqualTo(new PlanCache.Reading.Turned(Refusal.of(GuardReason.SQL_SYNTAX)));
        assertThat(cache.get(key, () -> QUESTION)).isSameAs(turned);
    }

    @Test
    void forgetsTheOneUsedLongestAgo() {
        get("first", Set.of(), 10, "e");
        for (int i = 0; i < PlanCache.MOST; i++) {
            get("SELECT " + i, Set.of(), 10, "e");
        }
        assertThat(cache.size()).isEqualTo(PlanCache.MOST);
        get("first", Set.of(), 10, "e");
        assertThat(read).hasValue(PlanCache.MOST + 2);
    }
}
