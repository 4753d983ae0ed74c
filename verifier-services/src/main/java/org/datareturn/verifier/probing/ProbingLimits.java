package org.datareturn.verifier.probing;

import java.time.Duration;

/**
 * How much is too much. Why each number is what it is: {@code docs/probing.md}.
 *
 * @param candidates distinct wrong candidates about one person, whoever asks
 * @param underName distinct numbers asked wrongly under one name by one grant
 * @param quotas calls a day
 * @param misses shares of calls that miss
 * @param risk what follows from alarms
 */
public record ProbingLimits(Candidates candidates, UnderName underName, Quotas quotas, Misses misses, Risk risk) {
    /**
     * Distinct wrong candidates that are answered truthfully; the next one, right or wrong, is not.
     *
     * @param namesPerNumber other values tried with one number: names, other numbers, days
     * @param few other values tried with one number, of which there may be few: divisions, codes
     * @param near numbers tried with one name that a person could hold to be the same with one part unknown: they share
     *     area and date of birth, area and sequence, or date and sequence, or differ in at most three characters
     * @param wider numbers tried with one name that differ in at most four characters
     * @param wide numbers tried with one name that share the date of birth, or the area and the year of birth
     *     and numbers asked without a name that share area and date of birth
     * @param perBirthplace numbers that share area and date of birth, under whatever names
     * @param listed numbers asked of a list
     * @param conditions what conditions ask of one subject
     * @param memory how long a wrong candidate counts: so long that asking slowly does not help
     */
    public record Candidates(
            int namesPerNumber,
            int few,
            int near,
            int wider,
            int wide,
            int perBirthplace,
            Listed listed,
            Conditions conditions,
            Duration memory) {
        private static final int NEARLY = 2;

        /** Limits that are reached two candidates earlier; of few candidates, one. */
        Candidates beforeTheLast() {
            return new Candidates(
                    namesPerNumber - NEARLY,
                    few - 1,
                    near - NEARLY,
                    wider - NEARLY,
                    wide - NEARLY,
                    perBirthplace - NEARLY,
                    listed.lessBy(NEARLY),
                    conditions,
                    memory);
        }

        /** Limits that are reached when the same was tried twice before: whoever only corrects himself does not. */
        Candidates afterTwo() {
            return new Candidates(NEARLY, NEARLY, NEARLY, wider, wide, perBirthplace, listed, conditions, memory);
        }

        /** Limits for a list of which so much is asked about one county and year of birth. */
        Candidates among(long crowd) {
            return new Candidates(
                    namesPerNumber, few, near, wider, wide, perBirthplace, listed.among(crowd), conditions, memory);
        }
    }

    /**
     * Numbers asked of a list, whatever the answers. Who asks about a whole year's births of a county asks about many a
     * birthday, and sequences are given out from the lowest of each station, so many have the same; the more is asked of them
     * all, the more may be asked of one.
     *
     * @param sequences that share area and date of birth
     * @param days that share area, year of birth and sequence
     * @param areas that share date of birth and sequence
     * @param codes codes without an inner order, that differ in the last three characters
     */
    public record Listed(int sequences, int days, int areas, int codes) {
        private static final int SEQUENCES_SHARE = 100;
        private static final int DAYS_SHARE = 50;
        private static final int MOST = 3;
        private static final int MOST_DAYS = 5;

        Listed lessBy(int number) {
            return new Listed(sequences - number, days - number, areas - number, codes - number);
        }

        Listed among(long crowd) {
            return new Listed(
                    Math.clamp(crowd / SEQUENCES_SHARE, sequences, MOST * sequences),
                    Math.toIntExact(Math.min(days + crowd / DAYS_SHARE, (long) MOST_DAYS * days)),
                    areas,
                    codes);
        }
    }

    /**
     * Distinct values of a product's conditions asked of one subject, whatever the answers.
     *
     * @param lately days, within the shorter memory
     * @param inTheLongRun days that lie differently far from the day they are asked, within the longer
     * @param regions divisions, within the longer
     * @param regionsInAll divisions, as long as anything is remembered
     * @param shorter so long
     * @param longer and so long
     */
    public record Conditions(
            int lately, int inTheLongRun, int regions, int regionsInAll, Duration shorter, Duration longer) {}

    /**
     * Distinct numbers that are answered with a no under one name and one grant, however unlike each other they are.
     *
     * @param wrong so many
     * @param rightForAnotherWrong and one more for so many distinct numbers answered with a yes
     * @param most however many those are
     */
    public record UnderName(int wrong, int rightForAnotherWrong, int most) {
        /** How many may be wrong where so many were right. */
        int wrongWith(int right) {
            return Math.min(most, wrong + right / rightForAnotherWrong);
        }
    }

    /**
     * Calls a day (UTC), malformed ones among them.
     *
     * @param grantPerDay under one grant
     * @param operatorPerDay by one operator
     * @param subjectPerDay about one subject under one grant
     */
    public record Quotas(long grantPerDay, long operatorPerDay, long subjectPerDay) {}

    /**
     * Distinct questions of one operator that miss, malformed ones among them, in this day and the last.
     *
     * @param throttleAt so many misses, when they are the share below
     * @param throttlePercent of all calls
     * @param suspendAt so many misses, when they are the share below
     * @param suspendPercent of all calls
     * @param callsPerSubject so many calls a day about one subject under one grant are among "all calls": who repeats what he
     *     knows does not hide what he tries
     */
    public record Misses(
            long throttleAt, int throttlePercent, long suspendAt, int suspendPercent, long callsPerSubject) {}

    /**
     * What follows from alarms. A point is a distinct question about a subject that is closed, or one of
     * the last two before it is; a canary counts several.
     *
     * @param window how long a point counts
     * @param canaryPoints points of a canary
     * @param throttlePoints points of an operator that throttle him
     * @param suspendPoints points of an operator that suspend him
     * @param throttledPerHour calls an hour a throttled operator has
     * @param grantOperators suspended operators that suspend the grant
     * @param grantSubjects closed subjects that suspend the grant
     * @param grantPoints points of all its operators that suspend the grant
     */
    public record Risk(
            Duration window,
            int canaryPoints,
            int throttlePoints,
            int suspendPoints,
            int throttledPerHour,
            int grantOperators,
            int grantSubjects,
            int grantPoints) {}

    /** The limits a node has unless it is told otherwise. */
    public static ProbingLimits standard() {
        return new ProbingLimits(
                new Candidates(
                        10,
                        3,
                        5,
                        12,
                        20,
                        40,
                        new Listed(20, 8, 20, 25),
                        new Conditions(4, 6, 4, 20, Duration.ofDays(30), Duration.ofDays(366)),
                        Duration.ofDays(3653)),
                new UnderName(14, 5, 24),
                new Quotas(5_000_000, 2_000_000, 500),
                new Misses(50, 30, 100, 50, 64),
                new Risk(Duration.ofDays(30), 5, 5, 10, 20, 5, 20, 250));
    }
}
