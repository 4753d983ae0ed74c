package org.datareturn.guard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class LinearSpanTest {
    private static final int K = 3;

    /** Whether all answers after the first could be told in turn. */
    private static boolean safe(LinearSpan span, RoaringBitmap... answers) {
        for (RoaringBitmap answer : answers) {
            assertThat(span.prepare(List.of(answer), K)).isTrue();
            Optional<LinearSpan.Addition> addition = span.examine(answer, K);
            if (addition.isEmpty()) {
                return false;
            }
            span.add(addition.get());
        }
        return true;
    }

    private static boolean safe(RoaringBitmap... answers) {
        return safe(new LinearSpan(UnaryOperator.identity()), answers);
    }

    private static RoaringBitmap range(int from, int to) {
        RoaringBitmap set = new RoaringBitmap();
        set.add((long) from, to);
        return set;
    }

    @Test
    void findsTheDifferenceOfTwoAnswers() {
        assertThat(safe(range(0, 100), range(0, 98))).isFalse();
        assertThat(safe(range(0, 100), range(0, 97))).isTrue();
    }

    @Test
    void findsTheTotalMinusItsParts() {
        assertThat(safe(range(0, 100), range(0, 40), range(40, 70), range(70, 99)))
                .isFalse();
        assertThat(safe(range(0, 100), range(0, 40), range(40, 70), range(70, 100)))
                .isTrue();
    }

    @Test
    void findsAPersonOnlyThreeAnswersTogetherTell() {
        // (A ∪ B ∪ x) + (B ∪ C) ... : a + b + x, b + c, a + c leave 2x + … only in combination with c's answer.
        RoaringBitmap a = range(0, 10);
        RoaringBitmap b = range(10, 20);
        RoaringBitmap c = range(20, 30);
        RoaringBitmap abx = RoaringBitmap.or(a, b, range(50, 51));
        RoaringBitmap bc = RoaringBitmap.or(b, c);
        RoaringBitmap ac = RoaringBitmap.or(a, c);
        assertThat(safe(abx, bc, ac)).isTrue();
        assertThat(safe(abx, bc, ac, c)).isFalse();
    }

    @Test
    void countsPersonsNotRows() {
        // Rows 0 to 9 are one person's.
        LinearSpan span = new LinearSpan(rows -> {
            RoaringBitmap subjects = new RoaringBitmap();
            rows.forEach((int row) -> subjects.add(row < 10 ? 0 : row));
            return subjects;
        });
        assertThat(safe(span, range(0, 100), range(10, 100))).isFalse();
    }

    @Test
    void aCopyIsIndependent() {
        LinearSpan span = new LinearSpan(UnaryOperator.identity());
        assertThat(safe(span, range(0, 100))).isTrue();
        LinearSpan copy = span.copy();
        assertThat(safe(copy, range(0, 97))).isTrue();
        assertThat(safe(copy, range(0, 98))).isFalse();
        assertThat(safe(span, range(0, 98))).isFalse();
        assertThat(safe(span, range(0, 97))).isTrue();
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        LinearSpan span = new LinearSpan(UnaryOperator.identity());
        List<RoaringBitmap> sets = new ArrayList<>();
        for (int bit = 0; bit < 17; bit++) {
            RoaringBitmap set = new RoaringBitmap();
            for (int element = 0; element < 1 << 17; element++) {
                if ((element >> bit & 1) == 1) {
                    set.add(element);
                }
            }
            sets.add(set);
        }
        assertThat(span.prepare(sets, K)).isFalse();
    }
}
