package org.datareturn.guard.noise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The discrete Laplace distribution of a rational scale t: P(x) is proportional to e<sup>-|x|/t</sup> (Ghosh,
 * Roughgarden, Sundararajan 2009; Canonne, Kamath, Steinke 2020, section 5). Added to a whole number of sensitivity s
 * with t = s/ε it gives pure ε-differential privacy.
 *
 * <p>It is drawn as the difference of two geometric variables, and a geometric variable bit by bit: the bits of one with
 * ratio q = e<sup>-1/t</sup> are independent, bit i being 1 with probability 1/(1+e<sup>2^i/t</sup>) (Dwork et al.,
 * "Our Data, Ourselves", 2006, use the same for exponential noise). So every draw compares the same number of random
 * words with the same number of thresholds. The rejection sampler of Canonne et al. gives the same distribution in a
 * time that depends on the draw, which tells of it (Haney et al. 2022 on timing). The thresholds are exact to
 * 2<sup>-127</sup>, so a draw is within a total variation of 2<sup>-119</sup> of the distribution: this is added to
 * every δ and is far below any.
 */
public final class DiscreteLaplace implements Noise {
    private final BigInteger numerator;
    private final BigInteger denominator;
    private final List<Threshold> bits;

    private DiscreteLaplace(BigInteger numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
        List<Threshold> thresholds = new ArrayList<>();
        for (int i = 0; ; i++) {
            BigInteger probability = FixedPoint.logistic(denominator.shiftLeft(i), numerator);
            if (probability.signum() == 0) {
                break;
            }
            thresholds.add(Threshold.of(probability));
        }
        this.bits = List.copyOf(thresholds);
    }

    /** The distribution of scale numerator/denominator, both positive. */
    public static DiscreteLaplace ofScale(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("a scale is positive");
        }
        return new DiscreteLaplace(numerator, denominator);
    }

    @Override
    public BigInteger draw(RandomStream random) {
        ByteBuffer words = ByteBuffer.wrap(random.next(2 * bits.size() * Threshold.BYTES));
        return geometric(words).subtract(geometric(words));
    }

    private BigInteger geometric(ByteBuffer words) {
        byte[] magnitude = new byte[bits.size() / Byte.SIZE + 1];
        for (int i = 0; i < bits.size(); i++) {
            int at = magnitude.length - 1 - i / Byte.SIZE;
            magnitude[at] = (byte) (magnitude[at] | bits.get(i).met(words) << (i % Byte.SIZE));
        }
        return new BigInteger(1, magnitude);
    }

    /** The scale t. */
    public BigDecimal scale() {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), 12, RoundingMode.HALF_UP);
    }

    @Override
    public BigDecimal bound(double probability) {
        // P(X > x) < e^(-x/t) / 2 for the continuous Laplace; the discrete one lies below it at whole numbers.
        return scale().multiply(BigDecimal.valueOf(Math.log(1 / (2 * probability))))
                .setScale(0, RoundingMode.CEILING);
    }

    @Override
    public double standardDeviation() {
        return scale().doubleValue() * Math.sqrt(2);
    }
}
