package org.datareturn.sandbox.province;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws benefit claims of the last five years: most persons have none, many have several, and medical aid has the heavy
 * tail that lets one person dominate a sum.
 */
final class BenefitDraw {
    private static final int YEARS = 5;
    private static final int LAST_YEAR = SyntheticProvince.REFERENCE_DATE.getYear();
    private static final int HIGHEST_AMOUNT_YUAN = 300_000;

    private final Dice dice;
    private final List<Benefit> claims = new ArrayList<>();

    BenefitDraw(Dice dice, List<Person> persons) {
        this.dice = dice;
        for (int i = 0; i < persons.size(); i++) {
            draw(i, persons.get(i));
        }
    }

    List<Benefit> claims() {
        return claims;
    }

    private void draw(int index, Person person) {
        int age = person.age();
        boolean poor = age >= 18 && person.occupation() != Occupation.STUDENT && person.incomeYuan() < 900;
        if (poor && dice.chance(0.30)) {
            yearly(index, BenefitKind.SUBSISTENCE, dice.between(1, YEARS), 5_400, 0.25);
        }
        if (age >= 80) {
            yearly(index, BenefitKind.OLD_AGE, Math.min(YEARS, age - 79), 2_400, 0.3);
        }
        if (person.occupation() == Occupation.UNEMPLOYED && dice.chance(0.5)) {
            yearly(index, BenefitKind.UNEMPLOYMENT, dice.between(1, 2), 9_000, 0.4);
        }
        if (dice.chance(0.01 + age / 1_200.0)) {
            for (int claim = dice.between(1, 4); claim > 0; claim--) {
                add(index, BenefitKind.MEDICAL, LAST_YEAR - dice.between(0, YEARS - 1), 3_200, 1.1);
            }
        }
        if (person.occupation() == Occupation.STUDENT && age >= 6 && dice.chance(0.09)) {
            yearly(index, BenefitKind.EDUCATION, dice.between(1, Math.min(YEARS, age - 5)), 2_000, 0.3);
        }
        boolean maybeMother = person.sex() == Sex.FEMALE && age >= 22 && age <= 42;
        if (maybeMother && person.insured() && dice.chance(0.10)) {
            add(index, BenefitKind.MATERNITY, LAST_YEAR - dice.between(0, Math.min(YEARS - 1, age - 22)), 18_000, 0.35);
        }
        if (age >= 3 && dice.chance(0.022)) {
            yearly(index, BenefitKind.DISABILITY, Math.min(YEARS, age - 2), 1_900, 0.2);
        }
    }

    /** One claim in each of the last so many years. */
    private void yearly(int index, BenefitKind kind, int years, double median, double sigma) {
        for (int year = LAST_YEAR - years + 1; year <= LAST_YEAR; year++) {
            add(index, kind, year, median, sigma);
        }
    }

    private void add(int index, BenefitKind kind, int year, double median, double sigma) {
        int amount = Math.clamp(StrictMath.round(dice.logNormal(median, sigma)), 1, HIGHEST_AMOUNT_YUAN);
        claims.add(new Benefit(index, kind, year, amount));
    }
}
