package org.datareturn.guard.noise;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;

/**
 * The discrete Gaussian distribution of a rational σ²: P(x) is proportional to e<sup>-x²/2σ²</sup> (Canonne, Kamath,
 * Steinke 2020). Added to whole numbers of Euclidean sensitivity s it gives s²/2σ²-concentrated differential privacy
 * (their theorem 4).
 *
 * <p>Their algorithm 3: a discrete Laplace draw Y of scale t = ⌊σ⌋+1 is kept with probability e<sup>-(|Y|-σ²/t)²/2σ²</sup>.
 * Theirs stops at the first draw kept, which takes a time that tells of nothing but the number of trials; this one makes
 * all {@value #TRIALS} trials and keeps the first that passed, so that no time differs. That none passes has a
 * probability below 2<sup>-64</sup>; the draw is then that of the last trial.
 */
public final class DiscreteGaussian implements Noise {
    private static final int TRIALS = 64;

    private final BigInteger numerator;
    private final BigInteger denominator;
    private final BigInteger scale;
    private final DiscreteLaplace proposal;

    private DiscreteGaussian(BigInteger numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.scale = numerator.divide(denominator).sqrt().add(BigInteger.ONE);
        this.proposal = DiscreteLaplace.ofScale(scale, BigInteger.ONE);
    }

    /** The distribution of σ² = numerator/denominator, both positive. */
    public static DiscreteGaussian ofVariance(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("a variance is positive");
        }
        return new DiscreteGaussian(numerator, denominator);
    }

    @Override
    public BigInteger draw(RandomStream random) {
        BigInteger[] kept = {BigInteger.ZERO, BigInteger.ZERO};
        int open = 1;
        for (int i = 0; i < TRIALS; i++) {
            BigInteger proposed = proposal.draw(random);
            int passed = acceptance(proposed).met(ByteBuffer.wrap(random.next(Threshold.BYTES)));
            // While open, the slot 1 takes every proposal; once one passed, later ones go to slot 0.
            kept[open] = proposed;
            open &= 1 - passed;
        }
        return kept[1];
    }

    /** e^-((|y| - σ²/t)² / 2σ²) = e^-((t·d·|y| - n)² / (2·n·d·t²)) for σ² = n/d. */
    private Threshold acceptance(BigInteger proposed) {
        BigInteger from = scale.multiply(denominator).multiply(proposed.abs()).subtract(numerator);
        BigInteger below =
                numerator.multiply(denominator).multiply(scale).multiply(scale).shiftLeft(1);
        return Threshold.of(FixedPoint.exponential(from.multiply(from), below));
    }

    @Override
    public BigDecimal bound(double probability) {
        // P(X > x) ≤ e^(-x²/2σ²), the Chernoff bound, which holds for the discrete Gaussian too.
        return new BigDecimal(standardDeviation() * Math.sqrt(2 * Math.log(1 / probability)), MathContext.DECIMAL64)
                .setScale(0, RoundingMode.CEILING);
    }

    @Override
    public double standardDeviation() {
        return Math.sqrt(new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue());
    }
}
