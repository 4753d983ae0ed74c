package org.datareturn.guard.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.IntSupplier;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Samplers against their exact distributions. Every stream is seeded, so a test either always passes or never; the
 * bounds are those that a right sampler meets with probability above 1 - 1e-6 over the seeds.
 */
class NoiseTest {
    private static final int DRAWS = 200_000;

    private static RandomStream seeded(String seed) {
        try {
            return RandomStream.keyed(
                    MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    /** Pearson's statistic over -most…most and the two tails, standardised by Wilson and Hilferty's cube root. */
    private static double surprise(IntSupplier draws, IntToDoubleFunction probability, int most) {
        long[] seen = new long[2 * most + 3];
        double[] expected = new double[seen.length];
        double inside = 0;
        for (int x = -most; x <= most; x++) {
            expected[x + most + 1] = probability.applyAsDouble(x) * DRAWS;
            inside += probability.applyAsDouble(x);
        }
        expected[0] = (1 - inside) / 2 * DRAWS;
        expected[seen.length - 1] = expected[0];
        for (int i = 0; i < DRAWS; i++) {
            seen[Math.clamp(draws.getAsInt(), -most - 1, most + 1) + most + 1]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < seen.length; i++) {
            assertThat(expected[i]).isGreaterThan(5);
            chiSquare += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
        }
        double df = seen.length - 1;
        return (Math.cbrt(chiSquare / df) - (1 - 2 / (9 * df))) / Math.sqrt(2 / (9 * df));
    }

    private static IntToDoubleFunction laplace(double scale) {
        double q = Math.exp(-1 / scale);
        return x -> (1 - q) / (1 + q) * Math.exp(-Math.abs(x) / scale);
    }

    private static IntToDoubleFunction gaussian(double sd) {
        double all = 0;
        for (int x = -2000; x <= 2000; x++) {
            all += Math.exp(-x * x / (2 * sd * sd));
        }
        double norm = all;
        return x -> Math.exp(-x * x / (2 * sd * sd)) / norm;
    }

    @Test
    void laplaceFollowsItsDistribution() {
        RandomStream random = seeded("laplace");
        DiscreteLaplace ten = DiscreteLaplace.ofScale(big(10), big(1));
        assertThat(surprise(() -> ten.draw(random).intValueExact(), laplace(10), 60))
                .isBetween(-4.75, 4.75);
        DiscreteLaplace small = DiscreteLaplace.ofScale(big(2), big(3));
        assertThat(surprise(() -> small.draw(random).intValueExact(), laplace(2.0 / 3), 4))
                .isBetween(-4.75, 4.75);
    }

    @Test
    void gaussianFollowsItsDistribution() {
        RandomStream random = seeded("gaussian");
        DiscreteGaussian seven = DiscreteGaussian.ofVariance(big(99), big(2));
        assertThat(surprise(() -> seven.draw(random).intValueExact(), gaussian(Math.sqrt(49.5)), 22))
                .isBetween(-4.75, 4.75);
    }

    @Test
    void tableFollowsItsDistribution() {
        RandomStream random = seeded("table");
        GaussianTable table = new GaussianTable();
        assertThat(surprise(() -> table.draw(random.next(16)), gaussian(64), 200))
                .isBetween(-4.75, 4.75);
    }

    @Test
    void theTestItselfNoticesAWrongScale() {
        RandomStream random = seeded("control");
        DiscreteLaplace wrong = DiscreteLaplace.ofScale(big(103), big(10));
        assertThat(surprise(() -> wrong.draw(random).intValueExact(), laplace(10), 60))
                .isGreaterThan(4.75);
    }

    /** e^-x against the same computed by another series with twice the digits. */
    @Test
    void probabilitiesAreExactToTheLastBit() {
        MathContext digits = new MathContext(120);
        for (long a : new long[] {0, 1, 3, 10, 64, 89 * 7}) {
            BigDecimal x = BigDecimal.valueOf(a).divide(BigDecimal.valueOf(7), digits);
            BigDecimal power = BigDecimal.ONE;
            BigDecimal term = BigDecimal.ONE;
            for (int k = 1; k < 700; k++) {
                term = term.multiply(x).divide(BigDecimal.valueOf(k), digits);
                power = power.add(term);
            }
            BigDecimal exact =
                    BigDecimal.ONE.divide(power, digits).multiply(new BigDecimal(BigInteger.ONE.shiftLeft(256)));
            BigDecimal off = exact.subtract(new BigDecimal(FixedPoint.expOfMinus(big(a), big(7))))
                    .abs();
            assertThat(off).isLessThan(new BigDecimal(BigInteger.ONE.shiftLeft(256 - 178)));
        }
        assertThat(FixedPoint.logistic(BigInteger.ZERO, BigInteger.ONE)).isEqualTo(BigInteger.ONE.shiftLeft(127));
    }

    /** The product over the bits is the geometric distribution itself: checked for every value below 64. */
    @Test
    void bitsMakeUpTheGeometricDistribution() {
        double scale = 3.7;
        double q = Math.exp(-1 / scale);
        for (int x = 0; x < 64; x++) {
            double product = 1;
            for (int i = 0; i < 12; i++) {
                double one = FixedPoint.logistic(big(10).shiftLeft(i), big(37)).doubleValue() / Math.pow(2, 128);
                product *= (x >> i & 1) == 1 ? one : 1 - one;
            }
            assertThat(product).isCloseTo((1 - q) * Math.pow(q, x), within(1e-14));
        }
    }

    @Test
    void thresholdsCompareAsUnsigned128BitNumbers() {
        Threshold half = Threshold.of(BigInteger.ONE.shiftLeft(127));
        assertThat(half.below(Long.MAX_VALUE, -1)).isEqualTo(1);
        assertThat(half.below(Long.MIN_VALUE, 0)).isZero();
        Threshold fine = Threshold.of(BigInteger.ONE.shiftLeft(127).add(big(5)));
        assertThat(fine.below(Long.MIN_VALUE, 4)).isEqualTo(1);
        assertThat(fine.below(Long.MIN_VALUE, 5)).isZero();
        assertThat(fine.below(Long.MIN_VALUE, -1)).isZero();
    }

    /** Every draw takes the same random bytes, whatever it gives: no loop ends earlier for a small draw. */
    @Test
    void drawsTakeTheSameWhateverTheyGive() {
        RandomStream random = seeded("time");
        for (Noise noise : new Noise[] {
            DiscreteLaplace.ofScale(big(1_000_000), big(7)), DiscreteGaussian.ofVariance(big(1_000), big(1))
        }) {
            long before = random.bytesDrawn();
            noise.draw(random);
            long each = random.bytesDrawn() - before;
            for (int i = 0; i < 1_000; i++) {
                before = random.bytesDrawn();
                noise.draw(random);
                assertThat(random.bytesDrawn() - before).isEqualTo(each);
            }
        }
    }

    @Test
    void theSameKeyGivesTheSameStreamAndAnotherKeyAnother() {
        assertThat(seeded("a").next(64))
                .isEqualTo(seeded("a").next(64))
                .isNotEqualTo(seeded("b").next(64));
        assertThat(ByteBuffer.wrap(RandomStream.fresh().next(8)).getLong())
                .isNotEqualTo(ByteBuffer.wrap(RandomStream.fresh().next(8)).getLong());
    }

    @Test
    void boundsAreExceededAsRarelyAsTheySay() {
        RandomStream random = seeded("bounds");
        for (Noise noise :
                new Noise[] {DiscreteLaplace.ofScale(big(50), big(1)), DiscreteGaussian.ofVariance(big(2500), big(1))
                }) {
            BigInteger bound = noise.bound(0.05).toBigInteger();
            int above = 0;
            for (int i = 0; i < 20_000; i++) {
                above += noise.draw(random).compareTo(bound) > 0 ? 1 : 0;
            }
            assertThat(above).isLessThan(1_000 + 5 * 31);
        }
    }
}
