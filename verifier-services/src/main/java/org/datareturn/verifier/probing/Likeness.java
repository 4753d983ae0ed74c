package org.datareturn.verifier.probing;

import java.util.List;

/**
 * How candidates of one cell are counted against a new one: all of them, or those that could be meant for the same person
 * with a part unknown. Works on sketches, in which two places are equal exactly when the characters are.
 */
enum Likeness {
    /** Other values tried with one number: every one counts. */
    ANY {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.namesPerNumber();
        }
    },
    /** Numbers that share area and date of birth: every one counts. */
    BIRTHPLACE {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.perBirthplace();
        }
    },
    /** The same, asked without a name: each answer tells of a number by itself. */
    BIRTHPLACE_ALONE {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.wide();
        }
    },
    /** Values of conditions: every one counts. */
    CONDITION {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.conditions();
        }
    },
    /** Citizen identification numbers tried with one name: area 0–5, year 6–9, month and day 10–13, sequence 14–16. */
    ID_NUMBER {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            int areaAndDate = 0;
            int areaAndSequence = 0;
            int dateAndSequence = 0;
            int date = 0;
            int areaAndYear = 0;
            for (String other : others) {
                boolean area = agree(candidate, other, 0, 6);
                boolean year = agree(candidate, other, 6, 10);
                boolean born = year && agree(candidate, other, 10, 14);
                boolean sequence = agree(candidate, other, 14, 17);
                areaAndDate += area && born ? 1 : 0;
                areaAndSequence += area && sequence ? 1 : 0;
                dateAndSequence += born && sequence ? 1 : 0;
                date += born ? 1 : 0;
                areaAndYear += area && year ? 1 : 0;
            }
            return areaAndDate >= limits.near()
                    || areaAndSequence >= limits.near()
                    || dateAndSequence >= limits.near()
                    || date >= limits.wide()
                    || areaAndYear >= limits.wide()
                    || tooClose(candidate, others, limits);
        }
    },
    /** Other codes tried with one name. */
    CODE {
        @Override
        boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits) {
            return tooClose(candidate, others, limits);
        }
    };

    private static final int NEAR_DISTANCE = 3;
    private static final int WIDER_DISTANCE = 4;

    /**
     * Whether so many others are like a candidate that it may not be answered.
     *
     * @param candidate its sketch
     * @param others the sketches of the distinct wrong candidates before it
     */
    abstract boolean tooMany(String candidate, List<String> others, ProbingLimits.Candidates limits);

    /** Whether its cells are names, under which numbers are tried. */
    boolean underName() {
        return switch (this) {
            case ID_NUMBER, CODE -> true;
            case ANY, BIRTHPLACE, BIRTHPLACE_ALONE, CONDITION -> false;
        };
    }

    private static boolean tooClose(String candidate, List<String> others, ProbingLimits.Candidates limits) {
        int near = 0;
        int wider = 0;
        for (String other : others) {
            int distance = distance(candidate, other);
            near += distance <= NEAR_DISTANCE ? 1 : 0;
            wider += distance <= WIDER_DISTANCE ? 1 : 0;
        }
        return near >= limits.near() || wider >= limits.wider();
    }

    private static boolean agree(String one, String other, int from, int to) {
        return one.regionMatches(from, other, from, to - from);
    }

    /** In how many places two sketches differ (Hamming). */
    private static int distance(String one, String other) {
        int differing = Math.abs(one.length() - other.length());
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            differing += one.charAt(i) != other.charAt(i) ? 1 : 0;
        }
        return differing;
    }
}
