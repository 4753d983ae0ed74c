package org.datareturn.sandbox.province;

import org.datareturn.verifier.normalise.CreditCode;

/** Unified social credit codes of enterprises (GB 32100-2015) with their organisation codes (GB 11714). */
final class CreditCodes {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    /** Registered by the market regulator (9) as an enterprise (1). */
    private static final String ENTERPRISE = "91";

    private CreditCodes() {}

    /** A random code of an enterprise registered in that county. */
    static String draw(Dice dice, String countyCode) {
        StringBuilder organisation = new StringBuilder("MA");
        while (organisation.length() < ORGANISATION_WEIGHTS.length) {
            organisation.append(ALPHABET.charAt(dice.between(0, ALPHABET.length() - 1)));
        }
        String body = ENTERPRISE + countyCode + organisation + organisationCheck(organisation);
        return body + CreditCode.checkCharacter(body);
    }

    private static char organisationCheck(CharSequence eight) {
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += ORGANISATION_WEIGHTS[i] * Character.digit(eight.charAt(i), 36);
        }
        int check = (11 - sum % 11) % 11;
        return check == 10 ? 'X' : Character.forDigit(check, 10);
    }
}
