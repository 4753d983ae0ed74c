package org.datareturn.guard.trial;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.Released;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;

/**
 * Asks a made-up zone of its own a few ordinary questions, so that the first analyst does not wait for parser, planner and
 * engine to be loaded and compiled. It has its own memory, budget and engine, which end with it: no real zone is touched.
 */
public final class WarmUp {
    private static final int PERSONS = 2_000;

    private static final String YAML = """
            zone: warm-up
            title: warm-up
            release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: MODE }
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  sex:   { type: VARCHAR, use: [group, filter], values: [F, M] }
                  town:  { type: VARCHAR, use: [group, filter] }
                  age:   { type: INTEGER, use: [group, filter], bins: [18, 30, 45, 60] }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 20000] }
              visit:
                columns:
                  id:    { type: INTEGER, use: subject }
                  kind:  { type: VARCHAR, use: [group, filter] }
                  cost:  { type: INTEGER, use: measure, bounds: [0, 1000] }
            joins:
              - person.id = visit.id
            """;

    private static final List<String> MODES =
            List.of("none", "sticky", "dp, budget: { epsilon: 1000.0, per_query: 0.1, refresh: P30D }");

    private static final List<String> QUESTIONS = List.of(
            "SELECT COUNT(*) AS n FROM person",
            "SELECT town, sex, COUNT(*) AS n, SUM(wage) AS wage FROM person GROUP BY town, sex ORDER BY n DESC",
            "SELECT age, AVG(wage) AS wage FROM person WHERE sex = 'F' AND age >= 30 GROUP BY age",
            "SELECT v.kind, COUNT(DISTINCT v.id) AS persons, SUM(v.cost) AS cost FROM visit v"
                    + " JOIN person p ON v.id = p.id WHERE p.town IN ('t1', 't2') GROUP BY v.kind",
            "SELECT town, SUM(CASE WHEN sex = 'F' THEN 1 ELSE 0 END) * 1.0 / COUNT(*) AS share FROM person GROUP BY town",
            "WITH t AS (SELECT town, COUNT(*) AS n FROM person GROUP BY town) SELECT * FROM t WHERE n > 10 LIMIT 3",
            "SELECT wage FROM person");

    private WarmUp() {}

    /**
     * What was warmed.
     *
     * @param answered questions that were answered
     * @param took how long it took, or the whole patience
     * @param whole whether it ended by itself; otherwise it goes on beside what follows
     */
    public record Warmed(int answered, Duration took, boolean whole) {}

    /** A warm-up under way. */
    public static final class Running {
        private final Clock clock;
        private final Instant started;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicInteger answered = new AtomicInteger();

        private Running(Clock clock) {
            this.clock = clock;
            this.started = clock.instant();
        }

        /** Waits until it has ended, counted from its start no longer than this. */
        public Warmed await(Duration most) {
            boolean whole = false;
            try {
                Duration left = most.minus(Duration.between(started, clock.instant()));
                whole = ended.await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Warmed(answered.get(), Duration.between(started, clock.instant()), whole);
        }

        private void run() {
            try {
                for (String mode : MODES) {
                    ask(mode);
                }
            } catch (DeclarationException | LoadException e) {
                throw new IllegalStateException("the warm-up's own zone must open", e);
            } finally {
                ended.countDown();
            }
        }

        private void ask(String mode) throws DeclarationException, LoadException {
            var declaration = DeclarationReader.read(YAML.replace("MODE", mode));
            try (DataZone zone = DataZone.open(
                    declaration,
                    Map.of("person", persons(), "visit", visits()),
                    AnswerMemory.inProcess(),
                    EngineLimits.standard())) {
                Authorisation author = new LocalAuthor(declaration, clock).authorise("warm-up", "warm-up");
                if (author instanceof AuthorisedCall call) {
                    for (String question : QUESTIONS) {
                        if (zone.answer(call, question) instanceof Released) {
                            answered.incrementAndGet();
                        }
                    }
                }
            }
        }
    }

    /** Starts a warm-up on a thread of its own. */
    public static Running start(Clock clock) {
        Running running = new Running(clock);
        Thread.ofPlatform().daemon().name("warm-up").start(running::run);
        return running;
    }

    private static CsvSource persons() {
        StringBuilder text = new StringBuilder("id,sex,town,age,wage\n");
        for (int i = 0; i < PERSONS; i++) {
            text.append(i)
                    .append(i % 2 == 0 ? ",F,t" : ",M,t")
                    .append(i % 7)
                    .append(',')
                    .append(i % 90)
                    .append(',')
                    .append(2_000 + i % 3_000)
                    .append('\n');
        }
        return new Text("person", text.toString());
    }

    private static CsvSource visits() {
        StringBuilder text = new StringBuilder("id,kind,cost\n");
        for (int i = 0; i < PERSONS; i++) {
            text.append(i / 2)
                    .append(",k")
                    .append(i % 3)
                    .append(',')
                    .append(i % 900)
                    .append('\n');
        }
        return new Text("visit", text.toString());
    }

    private record Text(String name, String csv) implements CsvSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
        }
    }
}
