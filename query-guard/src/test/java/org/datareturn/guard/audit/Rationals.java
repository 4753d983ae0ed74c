package org.datareturn.guard.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Plain Gaussian elimination over the rationals, fraction-free: slow, obvious, and nothing like the code it checks. */
public final class Rationals {
    private final List<BigInteger[]> rows = new ArrayList<>();

    /** Adds a vector to the span. */
    public void add(BigInteger[] vector) {
        BigInteger[] rest = reduced(vector);
        if (leading(rest) >= 0) {
            rows.add(rest);
        }
    }

    /** Whether a vector lies in the span. */
    public boolean contains(BigInteger[] vector) {
        return leading(reduced(vector)) < 0;
    }

    private BigInteger[] reduced(BigInteger[] vector) {
        BigInteger[] rest = vector.clone();
        for (BigInteger[] row : rows) {
            int lead = leading(row);
            if (rest[lead].signum() != 0) {
                BigInteger mine = row[lead];
                BigInteger its = rest[lead];
                BigInteger common = BigInteger.ZERO;
                for (int i = 0; i < rest.length; i++) {
                    rest[i] = rest[i].multiply(mine).subtract(row[i].multiply(its));
                    common = common.gcd(rest[i]);
                }
                for (int i = 0; i < rest.length && common.signum() > 0; i++) {
                    rest[i] = rest[i].divide(common);
                }
            }
        }
        return rest;
    }

    private static int leading(BigInteger[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (vector[i].signum() != 0) {
                return i;
            }
        }
        return -1;
    }
}
