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
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.namesPerNumber();
        }
    },
    /** Numbers that share area and date of birth: every one counts. */
    BIRTHPLACE {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.perBirthplace();
        }
    },
    /** Values of which there may be a few only, tried with one number: every one counts. */
    FEW {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.few();
        }
    },
    /** Numbers that share area and date of birth, asked without a name: every one counts. */
    UNNAMED_SEQUENCE {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.wide();
        }
    },
    /** Numbers that differ in the area, or in month and day of birth, asked without a name: every one counts. */
    UNNAMED_NEIGHBOUR {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.near();
        }
    },
    /** Numbers tried with the same values where none is a name. Such values are shared by many, so the bound is wide. */
    UNNAMED_NUMBER {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.stream()
                            .filter(other -> distance(candidate.sketch(), other) <= NEAR_DISTANCE)
                            .count()
                    >= limits.wide();
        }
    },
    /** Codes tried with the same values where none is a name: they are too like each other to be compared. */
    UNNAMED_CODE {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return false;
        }
    },
    /** Numbers asked of a list that share area and date of birth: every one counts. */
    LISTED_SEQUENCE {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.listed().sequences();
        }
    },
    /** Numbers asked of a list that differ in month and day of birth: every one counts. */
    LISTED_DAY {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.listed().days();
        }
    },
    /** Numbers asked of a list that differ in the area: every one counts. */
    LISTED_AREA {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.listed().areas();
        }
    },
    /** Codes asked of a list that differ in the last three characters: every one counts. */
    LISTED_CODE {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.listed().codes();
        }
    },
    /** Days conditions ask: by values lately, and by how far from the day they are asked in the long run. */
    CONDITION {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            String habit = AskedConditions.habit(candidate.sketch());
            return others.stream()
                            .map(AskedConditions::habit)
                            .filter(other -> !other.equals(habit))
                            .distinct()
                            .count()
                    >= limits.conditions().inTheLongRun();
        }
    },
    /** Divisions conditions ask: every one counts. */
    CONDITION_REGION {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return others.size() >= limits.conditions().regions();
        }
    },
    /** Citizen identification numbers tried with one name: area 0–5, year 6–9, month and day 10–13, sequence 14–16. */
    ID_NUMBER {
        @Override
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            int areaAndDate = 0;
            int areaAndSequence = 0;
            int dateAndSequence = 0;
            int date = 0;
            int areaAndYear = 0;
            for (String other : others) {
                boolean area = agree(candidate.sketch(), other, 0, 6);
                boolean year = agree(candidate.sketch(), other, 6, 10);
                boolean born = year && agree(candidate.sketch(), other, 10, 14);
                boolean sequence = agree(candidate.sketch(), other, 14, 17);
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
        boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
            return tooClose(candidate, others, limits);
        }
    };

    private static final int SLIP_DISTANCE = 2;
    private static final int NEAR_DISTANCE = 3;
    private static final int WIDER_DISTANCE = 4;

    /**
     * Whether so many others are like a candidate that it may not be answered.
     *
     * @param candidate its sketch is made only where it is compared
     * @param others the sketches of the distinct wrong candidates before it
     */
    abstract boolean tooMany(Trail candidate, List<String> others, ProbingLimits.Candidates limits);

    /**
     * Whether asking too much is held against whoever asks. Of a list an agency may ask about many with one sequence, and do
     * nothing but its work; then no more is answered, and that is all.
     */
    boolean isScored() {
        return switch (this) {
            case LISTED_DAY, LISTED_AREA -> false;
            case ANY,
                    FEW,
                    BIRTHPLACE,
                    UNNAMED_SEQUENCE,
                    UNNAMED_NEIGHBOUR,
                    UNNAMED_NUMBER,
                    UNNAMED_CODE,
                    LISTED_SEQUENCE,
                    LISTED_CODE,
                    CONDITION,
                    CONDITION_REGION,
                    ID_NUMBER,
                    CODE -> true;
        };
    }

    /** Whether every no counts: other values are tried with one number whatever the reason they were answered no. */
    boolean ofOneNumber() {
        return this == ANY || this == FEW;
    }

    /** Whether its cells are names, or other values, under which numbers are tried. */
    boolean underName() {
        return switch (this) {
            case ID_NUMBER, CODE, UNNAMED_NUMBER, UNNAMED_CODE -> true;
            case ANY,
                    FEW,
                    BIRTHPLACE,
                    UNNAMED_SEQUENCE,
                    UNNAMED_NEIGHBOUR,
                    LISTED_SEQUENCE,
                    LISTED_DAY,
                    LISTED_AREA,
                    LISTED_CODE,
                    CONDITION,
                    CONDITION_REGION -> false;
        };
    }

    /** Whether a wrong number could be a slip for the right one: a wrong digit, or two in each other's place. */
    static boolean isSlip(String wrong, String right) {
        return !right.isEmpty() && distance(wrong, right) <= SLIP_DISTANCE;
    }

    /** Whether its cells are names of persons, under which numbers are tried. */
    boolean isOfPerson() {
        return this == ID_NUMBER || this == CODE;
    }

    private static boolean tooClose(Trail candidate, List<String> others, ProbingLimits.Candidates limits) {
        int near = 0;
        int wider = 0;
        for (String other : others) {
            int distance = distance(candidate.sketch(), other);
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
