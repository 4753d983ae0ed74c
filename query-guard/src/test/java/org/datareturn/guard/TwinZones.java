package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.LoadException;

/**
 * Two zones that differ in nothing but where their data lie: one in the embedded engine, one in another. They share the
 * secret of their noise, and each has been asked the same.
 */
final class TwinZones implements AutoCloseable {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);

    private final ZoneFixture embedded;
    private final ZoneFixture other;
    private final List<String> different = new ArrayList<>();
    private int released;
    private int refused;

    private TwinZones(ZoneFixture embedded, ZoneFixture other) {
        this.embedded = embedded;
        this.other = other;
    }

    /**
     * Opens both.
     *
     * @param engine the other engine, as a declaration names it
     */
    static TwinZones open(String yaml, Map<String, String> csv, String engine, Engines engines) {
        byte[] secret = new byte[ZoneSecret.BYTES];
        secret[0] = 42;
        return new TwinZones(open(yaml, csv, "embedded", engines, secret), open(yaml, csv, engine, engines, secret));
    }

    private static ZoneFixture open(
            String yaml, Map<String, String> csv, String engine, Engines engines, byte[] secret) {
        String without = yaml.replaceFirst("(?m)^engine: .*\n", "");
        try {
            return ZoneFixture.of(DataZone.open(
                    DeclarationReader.read("engine: " + engine + "\n" + without),
                    ZoneFixture.sources(csv),
                    AnswerMemory.inProcess(),
                    engines,
                    ZoneSecret.of(secret),
                    CLOCK));
        } catch (DeclarationException | LoadException bad) {
            throw new AssertionError(bad);
        }
    }

    /** Asks both the same question and notes where their answers differ. */
    TwinZones ask(String organisation, String sql) {
        String one = told(embedded.guard(organisation, sql), true);
        String two = told(other.guard(organisation, sql), true);
        note(sql, one, two);
        return this;
    }

    /** Asks both the same question whose noise is drawn anew each time; all but the noisy values is compared. */
    TwinZones askNoisy(String organisation, String sql) {
        String one = told(embedded.guard(organisation, sql), false);
        String two = told(other.guard(organisation, sql), false);
        note(sql, one, two);
        return this;
    }

    private void note(String sql, String one, String two) {
        if (one.startsWith("released")) {
            released++;
        } else {
            refused++;
        }
        if (!one.equals(two)) {
            different.add(sql + "\n  embedded: " + one + "\n  other:    " + two);
        }
    }

    private static String told(ZoneFixture.Asked asked, boolean values) {
        return switch (asked.answer()) {
            case Released answer ->
                "released %s%s left out %d"
                        .formatted(
                                answer.columns(),
                                values ? " " + answer.rows() + " " + answer.margins() : "",
                                values ? answer.suppressedGroups() : 0);
            case Refused(var refusal) ->
                refusal.reason().name() + " " + refusal.messageEn() + " " + refusal.messageZh();
        };
    }

    /** All answers so far were the same, and so many at least were released or refused: otherwise little was compared. */
    void agreed(int leastReleased, int leastRefused) {
        assertThat(different).isEmpty();
        assertThat(released).as("released").isGreaterThanOrEqualTo(leastReleased);
        assertThat(refused).as("refused").isGreaterThanOrEqualTo(leastRefused);
    }

    ZoneFixture embedded() {
        return embedded;
    }

    ZoneFixture other() {
        return other;
    }

    @Override
    public void close() {
        embedded.close();
        other.close();
    }
}
