package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.datareturn.guard.noise.DiscreteGaussian;
import org.datareturn.guard.noise.DiscreteLaplace;
import org.datareturn.guard.noise.Noise;

/**
 * The noise of one answer's statistics. Under pure accounting it is the discrete Laplace, of which a statistic that gets
 * the share 1/w of the loss ε and that one subject changes by at most s (in the sum over all cells) takes the scale
 * s·w/ε. Under concentrated accounting it is the discrete Gaussian of variance s²·w/ε², which costs as much there and
 * is narrower by √(2w).
 *
 * @param epsilon the loss of the whole answer
 * @param shares w: how many statistics share it evenly
 * @param gaussian whether accounting is concentrated
 */
record DpMechanism(BigDecimal epsilon, int shares, boolean gaussian) {
    /** Noise for a statistic whose cells one subject changes by at most so much altogether. */
    Noise noise(BigInteger sensitivity) {
        return noiseOfSquare(sensitivity.multiply(sensitivity), sensitivity);
    }

    /**
     * Noise for a statistic of which one subject changes several cells.
     *
     * @param square the sum of the squares of the changes
     * @param sum the sum of the changes
     */
    Noise noiseOfSquare(BigInteger square, BigInteger sum) {
        BigInteger numerator = epsilon.unscaledValue();
        BigInteger denominator = BigInteger.TEN.pow(Math.max(0, epsilon.scale()));
        BigInteger w = BigInteger.valueOf(shares);
        return gaussian
                ? DiscreteGaussian.ofVariance(
                        square.multiply(w).multiply(denominator).multiply(denominator), numerator.multiply(numerator))
                : DiscreteLaplace.ofScale(sum.multiply(w).multiply(denominator), numerator);
    }

    /**
     * A bound that the sum of so many independent draws of a noise exceeds, upwards, with at most this probability:
     * exact for one Laplace draw, else by Chernoff's bound.
     */
    static double bound(Noise noise, int draws, double probability) {
        double log = Math.log(1 / probability);
        double sd = noise.standardDeviation();
        if (noise instanceof DiscreteGaussian) {
            return sd * Math.sqrt(draws * 2 * log);
        }
        double scale = sd / Math.sqrt(2);
        if (draws == 1) {
            return scale * Math.log(1 / (2 * probability));
        }
        // P(S > x) ≤ e^-λx (1-λ²)^-n for a unit scale and any 0 < λ < 1: the least x over a grid of λ.
        double least = Double.MAX_VALUE;
        for (double lambda = 0.01; lambda < 1; lambda += 0.01) {
            least = Math.min(least, (log - draws * Math.log1p(-lambda * lambda)) / lambda);
        }
        return scale * least;
    }
}
