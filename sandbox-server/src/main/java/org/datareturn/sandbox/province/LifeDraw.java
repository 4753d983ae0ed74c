package org.datareturn.sandbox.province;

import java.util.List;

/** Draws education, occupation, income and insurance from age, sex and each other. */
final class LifeDraw {
    private static final List<Education> LEVELS = List.of(Education.values());
    private static final Weighted<Education> AGES_18_TO_24 = Weighted.of(LEVELS, 0, 1, 14, 25, 28, 30, 2);
    private static final Weighted<Education> AGES_25_TO_34 = Weighted.of(LEVELS, 0.3, 2, 28, 20, 24, 23, 2.7);
    private static final Weighted<Education> AGES_35_TO_49 = Weighted.of(LEVELS, 1, 8, 45, 18, 15, 12, 1);
    private static final Weighted<Education> AGES_50_TO_64 = Weighted.of(LEVELS, 4, 24, 48, 15, 6, 2.9, 0.1);
    private static final Weighted<Education> AGES_FROM_65 = Weighted.of(LEVELS, 20, 45, 25, 8, 1.5, 0.5, 0);

    private static final List<Occupation> WORK = List.of(
            Occupation.FARMING,
            Occupation.MANUFACTURING,
            Occupation.SERVICES,
            Occupation.PROFESSIONAL,
            Occupation.PUBLIC_SERVICE,
            Occupation.MANAGEMENT);
    private static final Weighted<Occupation> LITTLE_SCHOOLING = Weighted.of(WORK, 40, 30, 27, 1, 1, 1);
    private static final Weighted<Occupation> SOME_SCHOOLING = Weighted.of(WORK, 10, 32, 38, 8, 6, 6);
    private static final Weighted<Occupation> HIGHER_SCHOOLING = Weighted.of(WORK, 1, 12, 25, 32, 22, 8);

    private static final int HIGHEST_INCOME_YUAN = 500_000;

    private final Dice dice;

    LifeDraw(Dice dice) {
        this.dice = dice;
    }

    Education education(int age) {
        if (age < 6) {
            return Education.NONE;
        }
        if (age < 12) {
            return Education.PRIMARY;
        }
        if (age < 15) {
            return Education.JUNIOR_SECONDARY;
        }
        if (age < 18) {
            return Education.SENIOR_SECONDARY;
        }
        if (age < 25) {
            return AGES_18_TO_24.draw(dice);
        }
        if (age < 35) {
            return AGES_25_TO_34.draw(dice);
        }
        if (age < 50) {
            return AGES_35_TO_49.draw(dice);
        }
        return (age < 65 ? AGES_50_TO_64 : AGES_FROM_65).draw(dice);
    }

    Occupation occupation(int age, Sex sex, Education education) {
        if (age < 6) {
            return Occupation.PRESCHOOL;
        }
        boolean studies = education.compareTo(Education.COLLEGE) >= 0 && age < 23 && dice.chance(0.75);
        if (age < 18 || studies) {
            return Occupation.STUDENT;
        }
        if (age >= 60) {
            return dice.chance(age >= 75 ? 0.95 : 0.68) ? Occupation.RETIRED : Occupation.FARMING;
        }
        if (sex == Sex.FEMALE && age >= 55 && dice.chance(0.5)) {
            return Occupation.RETIRED;
        }
        if (dice.chance(0.05)) {
            return Occupation.UNEMPLOYED;
        }
        return switch (education) {
            case NONE, PRIMARY, JUNIOR_SECONDARY -> LITTLE_SCHOOLING.draw(dice);
            case SENIOR_SECONDARY -> SOME_SCHOOLING.draw(dice);
            case COLLEGE, BACHELOR, GRADUATE -> HIGHER_SCHOOLING.draw(dice);
        };
    }

    /** Monthly income in whole yuan, log-normal about a median set by work, schooling and age. */
    int incomeYuan(int age, Education education, Occupation occupation) {
        double schooling = schoolingFactor(education);
        return switch (occupation) {
            case PRESCHOOL, STUDENT, UNEMPLOYED -> 0;
            case RETIRED -> yuan(dice.logNormal(1_500 * schooling, 0.6));
            case FARMING -> yuan(dice.logNormal(1_900 * schooling, 0.5));
            case MANAGEMENT -> yuan(dice.logNormal(6_800 * schooling * seniority(age), 0.65));
            case MANUFACTURING, SERVICES -> yuan(dice.logNormal(3_600 * schooling * seniority(age), 0.4));
            case PROFESSIONAL, PUBLIC_SERVICE -> yuan(dice.logNormal(4_000 * schooling * seniority(age), 0.35));
        };
    }

    boolean insured(int age, Occupation occupation) {
        return dice.chance(
                switch (occupation) {
                    case PUBLIC_SERVICE, RETIRED -> 0.97;
                    case PROFESSIONAL, MANAGEMENT, MANUFACTURING -> 0.90;
                    case SERVICES -> 0.80;
                    case FARMING -> 0.72;
                    case STUDENT -> 0.85;
                    case UNEMPLOYED -> 0.45;
                    case PRESCHOOL -> age == 0 ? 0.40 : 0.80;
                });
    }

    private static double schoolingFactor(Education education) {
        return switch (education) {
            case NONE -> 0.85;
            case PRIMARY -> 0.95;
            case JUNIOR_SECONDARY -> 1.1;
            case SENIOR_SECONDARY -> 1.3;
            case COLLEGE -> 1.65;
            case BACHELOR -> 2.2;
            case GRADUATE -> 3.1;
        };
    }

    /** Highest at 45. */
    private static double seniority(int age) {
        double away = (age - 45) / 25.0;
        return 1 + 0.25 * (1 - away * away);
    }

    private static int yuan(double value) {
        return Math.clamp(StrictMath.round(value), 100, HIGHEST_INCOME_YUAN);
    }
}
