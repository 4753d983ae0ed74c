package org.datareturn.guard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class LinearSpanTest {
    /** Fewer than three elements are too few; elements 0 to 9 are one subject's when they count as one. */
    private record Three(boolean firstTenAreOne) implements Lightness {
        @Override
        public int subjects(RoaringBitmap elements) {
            int first = elements.rank(9);
            int all = elements.getCardinality();
            return firstTenAreOne && first > 0 ? all - first + 1 : all;
        }

        @Override
        public boolean oneElementPerSubject() {
            return !firstTenAreOne;
        }

        @Override
        public int minGroupSize() {
            return 3;
        }

        @Override
        public boolean dominated(RoaringBitmap elements) {
            return false;
        }
    }

    private static final Lightness EACH = new Three(false);

    /** The set told in place of the last of these; empty when there is none. */
    private static Optional<RoaringBitmap> last(LinearSpan span, Lightness lightness, RoaringBitmap... sets) {
        Optional<RoaringBitmap> told = Optional.empty();
        for (RoaringBitmap set : sets) {
            assertThat(span.prepare(List.of(set), lightness)).isTrue();
            told = switch (span.position(Combination.of(set), lightness)) {
                case Position.Free(LinearSpan.Addition addition) -> {
                    span.add(addition);
                    yield Optional.of(set);
                }
                case Position.Computable(Combination sum) -> sum.set();
                case Position.Entangled entangled -> Optional.empty();
            };
        }
        return told;
    }

    @Test
    void offersWhatIsComputableBesideASetThatFewStandTwiceIn() {
        // Two sets share two elements; their union differs from their sum by those two, whom no set can count twice.
        LinearSpan span = new LinearSpan();
        last(span, EACH, range(0, 12), range(10, 22));
        RoaringBitmap union = range(0, 22);
        assertThat(span.prepare(List.of(union), EACH)).isTrue();

        Position position = span.position(Combination.of(union), EACH);

        assertThat(position)
                .isInstanceOfSatisfying(
                        Position.Computable.class,
                        near -> assertThat(near.sum().count()).isEqualByComparingTo("24"));
    }

    @Test
    void offersAHalfWhereOnlyTwiceIsComputable() {
        // a+b+x, b+c and a+c add up to twice a+b+c and once x: half of that is computable, and half an element beside.
        LinearSpan span = new LinearSpan();
        RoaringBitmap x = RoaringBitmap.bitmapOf(90);
        RoaringBitmap a = range(0, 10);
        RoaringBitmap b = range(10, 20);
        RoaringBitmap c = range(20, 30);
        last(span, EACH, RoaringBitmap.or(a, b, x), RoaringBitmap.or(b, c), RoaringBitmap.or(a, c));
        RoaringBitmap all = RoaringBitmap.or(a, b, c);
        assertThat(span.prepare(List.of(all), EACH)).isTrue();

        Position position = span.position(Combination.of(all), EACH);

        assertThat(position)
                .isInstanceOfSatisfying(
                        Position.Computable.class,
                        near -> assertThat(near.sum().count()).isEqualByComparingTo("30.5"));
    }

    @Test
    void holdsACombinationThatWasToldAgainstLaterSets() {
        // Told: a, and half of 2b − c. Then c and b differ from what is computable by nobody, and b ∪ one more by one.
        LinearSpan span = new LinearSpan();
        RoaringBitmap b = range(20, 40);
        RoaringBitmap c = range(40, 60);
        Combination mixed = new Combination(List.of(new Combination.Part(b, 2), new Combination.Part(c, -1)), 2);
        assertThat(span.prepare(List.of(b, c), EACH)).isTrue();
        assertThat(span.position(mixed, EACH)).isInstanceOf(Position.Free.class);
        span.restore(mixed);
        assertThat(span.position(mixed, EACH)).isEqualTo(new Position.Computable(mixed));

        assertThat(last(span, EACH, c)).contains(c);
        assertThat(last(span, EACH, b)).contains(b);
        RoaringBitmap more = range(20, 41);
        assertThat(last(span, EACH, more)).contains(b);
    }

    private static Optional<RoaringBitmap> last(RoaringBitmap... sets) {
        return last(new LinearSpan(), EACH, sets);
    }

    private static RoaringBitmap range(int from, int to) {
        RoaringBitmap set = new RoaringBitmap();
        set.add((long) from, to);
        return set;
    }

    @Test
    void tellsTheEarlierSetWhenTooFewMakeTheDifference() {
        assertThat(last(range(0, 100), range(0, 98))).contains(range(0, 100));
        assertThat(last(range(0, 98), range(0, 100))).contains(range(0, 98));
        assertThat(last(range(0, 100), range(0, 100))).contains(range(0, 100));
        assertThat(last(range(0, 100), range(0, 97))).contains(range(0, 97));
    }

    @Test
    void tellsTheLastPartOfATotalWithTheFewThatAreLeftOver() {
        assertThat(last(range(0, 100), range(0, 40), range(40, 70), range(70, 99)))
                .contains(range(70, 100));
        assertThat(last(range(0, 100), range(0, 40), range(40, 70), range(70, 100)))
                .contains(range(70, 100));
        assertThat(last(range(0, 40), range(40, 70), range(70, 98), range(0, 100)))
                .contains(range(0, 98));
    }

    @Test
    void seesAPersonOnlyFourAnswersTogetherTell() {
        // (a ∪ b ∪ x), (b ∪ c), (a ∪ c) leave x + 2c … only c's own answer leaves x.
        RoaringBitmap a = range(0, 10);
        RoaringBitmap b = range(10, 20);
        RoaringBitmap c = range(20, 30);
        RoaringBitmap abx = RoaringBitmap.or(a, b, range(50, 51));
        RoaringBitmap bc = RoaringBitmap.or(b, c);
        RoaringBitmap ac = RoaringBitmap.or(a, c);
        assertThat(last(abx, bc, ac)).contains(ac);
        // Half of x would have to be told with c: no set, so nothing is told.
        assertThat(last(abx, bc, ac, c)).isEmpty();
    }

    @Test
    void countsSubjectsNotElements() {
        assertThat(last(new LinearSpan(), new Three(true), range(0, 100), range(10, 100)))
                .contains(range(0, 100));
        assertThat(last(new LinearSpan(), EACH, range(0, 100), range(10, 100))).contains(range(10, 100));
    }

    @Test
    void weighsAgainWhenAnotherMinimumHolds() {
        LinearSpan span = new LinearSpan();
        assertThat(last(span, EACH, range(0, 100))).contains(range(0, 100));
        assertThat(last(span, new Three(true), range(8, 100))).contains(range(0, 100));
        assertThat(last(span, EACH, range(8, 100))).contains(range(8, 100));
    }

    @Test
    void refusesWhatItHasNoRoomFor() {
        LinearSpan span = new LinearSpan();
        List<RoaringBitmap> sets = new ArrayList<>();
        for (int bit = 0; bit < 19; bit++) {
            RoaringBitmap set = new RoaringBitmap();
            for (int element = 0; element < 1 << 19; element++) {
                if ((element >> bit & 1) == 1) {
                    set.add(element);
                }
            }
            sets.add(set);
        }
        assertThat(span.prepare(sets, EACH)).isFalse();
    }

    @Test
    void decidesFineTablesOverManyPersonsInTime() {
        LinearSpan span = new LinearSpan();
        // 50 bins, 40 counties, 600 cells of counties: 30,000 atoms of three persons each.
        for (int modulus : new int[] {50, 40}) {
            for (int rest = 0; rest < modulus; rest++) {
                assertThat(last(span, EACH, every(modulus, rest))).contains(every(modulus, rest));
            }
        }
        int told = 0;
        for (int rest = 0; rest < 600; rest++) {
            told += last(span, EACH, every(600, rest)).isPresent() ? 1 : 0;
        }
        assertThat(told).isEqualTo(600);
    }

    private static RoaringBitmap every(int modulus, int rest) {
        RoaringBitmap set = new RoaringBitmap();
        for (int element = 0; element < 90_000; element++) {
            // Scattered by a multiplier that shares no factor with what it is taken by.
            if (Math.floorMod(element * 7_919L / 3, (long) modulus) == rest) {
                set.add(element);
            }
        }
        return set;
    }
}
