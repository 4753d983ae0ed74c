package org.datareturn.guard;

import java.util.Map;
import java.util.SplittableRandom;

/** A small invented town: 600 persons, one of them from Atlantis, and their visits to clinics. */
final class TownCensus {
    static final int PERSONS = 600;

    static final String YAML = """
            zone: town
            title: 小镇 Town
            engine: embedded
            answers: ad-hoc
            release:
              min_group_size: 5
              dominance: { largest: 2, percent: 85 }
              rounding: 5
              noise: none
            tables:
              person:
                columns:
                  id:      { type: INTEGER, use: subject }
                  school:  { type: VARCHAR, use: [group, filter] }
                  sex:     { type: VARCHAR, use: [group, filter], values: [F, M] }
                  age:     { type: INTEGER, use: [group, filter, measure], bins: [18, 30, 45, 60], bounds: [0, 110] }
                  country: { type: VARCHAR, use: filter }
                  job:     { type: VARCHAR, use: group }
                  wage:    { type: INTEGER, use: measure, bounds: [0, 5000] }
                  debt:    { type: "DECIMAL(10,2)", use: measure, bounds: [0, 1000000] }
                  secret:  { type: VARCHAR, use: hidden }
              visit:
                columns:
                  id:      { type: INTEGER, use: subject }
                  clinic:  { type: VARCHAR, use: [group, filter] }
                  cost:    { type: INTEGER, use: measure, bounds: [0, 1000] }
                  place:   { type: INTEGER, use: join }
              place:
                columns:
                  place:    { type: INTEGER, use: join }
                  district: { type: VARCHAR, use: public }
            joins:
              - person.id = visit.id
              - visit.place = place.place
            """;

    private TownCensus() {}

    static Map<String, String> csv() {
        return Map.of("person", persons(""), "visit", visits(), "place", "place,district\n1,East\n2,West\n");
    }

    /** The persons, with {@code extra} lines at the end. */
    static String persons(String extra) {
        SplittableRandom random = new SplittableRandom(20261121);
        String[] schools = {"primary", "middle", "high", "college"};
        String[] jobs = {"farmer", "teacher", "clerk", "smith"};
        StringBuilder text = new StringBuilder("id,school,sex,age,country,job,wage,debt,secret\n");
        for (int i = 1; i <= PERSONS; i++) {
            String country = i == 77 ? "Atlantis" : i % 5 == 0 ? "Bohemia" : "Cathay";
            String job = i <= 3 ? "astronaut" : jobs[random.nextInt(jobs.length)];
            // One person owes nearly everything that farmers in Bohemia with no schooling would.
            String debt = i == 500 ? "900000.00" : random.nextInt(10) == 0 ? "" : random.nextInt(100) + ".25";
            text.append(i)
                    .append(',')
                    .append(schools[random.nextInt(schools.length)])
                    .append(i % 2 == 0 ? ",F," : ",M,")
                    .append(random.nextInt(16, 80))
                    .append(',')
                    .append(country)
                    .append(',')
                    .append(job)
                    .append(',')
                    .append(random.nextInt(100, 6000))
                    .append(',')
                    .append(debt)
                    .append(",x\n");
        }
        return text.append(extra).toString();
    }

    /** 40 persons go once, one goes 300 times to the same clinic, which nobody else goes to. */
    static String visits() {
        StringBuilder text = new StringBuilder("id,clinic,cost,place\n");
        for (int i = 1; i <= 40; i++) {
            text.append(i)
                    .append(i % 2 == 0 ? ",north," : ",south,")
                    .append(10 + i)
                    .append(',')
                    .append(1 + i % 2)
                    .append('\n');
        }
        for (int i = 0; i < 300; i++) {
            text.append("41,spa,").append(i).append(",1\n");
        }
        return text.toString();
    }
}
