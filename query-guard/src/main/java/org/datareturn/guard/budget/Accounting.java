package org.datareturn.guard.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How the losses of several answers add up. */
public sealed interface Accounting {
    /** What one answer of loss ε takes, in this accounting's own unit. */
    BigDecimal cost(BigDecimal epsilon);

    /** All that may be taken before the total loss exceeds ε, in the same unit. */
    BigDecimal total(BigDecimal epsilon);

    /** The total loss ε that so much taken stands for. */
    BigDecimal epsilon(BigDecimal taken);

    /** Pure ε-differential privacy: losses add (Dwork, McSherry, Nissim, Smith 2006). */
    record Pure() implements Accounting {
        @Override
        public BigDecimal cost(BigDecimal epsilon) {
            return epsilon;
        }

        @Override
        public BigDecimal total(BigDecimal epsilon) {
            return epsilon;
        }

        @Override
        public BigDecimal epsilon(BigDecimal taken) {
            return taken;
        }
    }

    /**
     * Zero-concentrated differential privacy (Bun, Steinke 2016): an answer of loss ε is ε²/2-zCDP, these add, and ρ-zCDP
     * is (ρ + 2√(ρ ln 1/δ), δ)-differential privacy (their proposition 1.3).
     *
     * @param delta δ
     */
    record Concentrated(BigDecimal delta) implements Accounting {
        private static final int DIGITS = 12;

        @Override
        public BigDecimal cost(BigDecimal epsilon) {
            return epsilon.multiply(epsilon).divide(BigDecimal.TWO, MathContext.DECIMAL128);
        }

        @Override
        public BigDecimal total(BigDecimal epsilon) {
            // √ρ = √(L + ε) - √L with L = ln 1/δ; rounded down, so that no more is given than allowed.
            double ln = Math.log(1 / delta.doubleValue());
            double root = Math.sqrt(ln + epsilon.doubleValue()) - Math.sqrt(ln);
            return BigDecimal.valueOf(root * root).setScale(DIGITS, RoundingMode.FLOOR);
        }

        @Override
        public BigDecimal epsilon(BigDecimal taken) {
            double rho = taken.doubleValue();
            double ln = Math.log(1 / delta.doubleValue());
            return BigDecimal.valueOf(rho + 2 * Math.sqrt(rho * ln)).setScale(DIGITS, RoundingMode.CEILING);
        }
    }
}
