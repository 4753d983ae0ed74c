package org.datareturn.verifier.normalise;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Numbers of nobody, by other forms of the algorithms than the ones tested: ISO 7064's recursion instead of weights, and
 * powers of three instead of a table.
 */
public final class SyntheticNumbers {
    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private SyntheticNumbers() {}

    public static String idNumber(String area, String birth, String sequence) {
        String body = area + birth + sequence;
        int p = 0;
        for (int i = 0; i < body.length(); i++) {
            p = (p + body.charAt(i) - '0') * 2 % 11;
        }
        int check = (12 - p) % 11;
        return body + (check == 10 ? "X" : Integer.toString(check));
    }

    public static String idNumber(SplittableRandom random, LocalDate latestBirth) {
        String birth = latestBirth.minusDays(random.nextInt(30_000)).format(DateTimeFormatter.BASIC_ISO_DATE);
        String area = new String[] {"370102", "110105", "440524", "510104", "650102"}[random.nextInt(5)];
        return idNumber(area, birth, "%03d".formatted(1 + random.nextInt(999)));
    }

    static String creditCode(String body) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < body.length(); i++) {
            sum = sum.add(
                    BigInteger.valueOf(3).pow(i).multiply(BigInteger.valueOf(CREDIT_ALPHABET.indexOf(body.charAt(i)))));
        }
        return body
                + CREDIT_ALPHABET.charAt(
                        sum.negate().mod(BigInteger.valueOf(31)).intValue());
    }

    static String creditCode(SplittableRandom random) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            body.append(CREDIT_ALPHABET.charAt(random.nextInt(i >= 2 && i < 8 ? 10 : 31)));
        }
        return creditCode(body.toString());
    }
}
