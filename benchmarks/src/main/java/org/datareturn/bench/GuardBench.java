package org.datareturn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.tools.RelConversionException;
import org.apache.calcite.tools.ValidationException;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.Released;
import org.datareturn.guard.ZoneAnswer;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.AuthorisedCall;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The guard's decision on the demo's queries, beside what Calcite alone needs for the same texts. A comment with a number
 * makes each text new, so that neither is found among those read before; {@link #repeated} asks one text again.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class GuardBench {
    static final Path DECLARATION =
            Path.of("sandbox-server/src/main/resources/org/datareturn/sandbox/province/livelihood.yaml");

    private static final int PERSONS = 4_000;

    /** What the demo's analyst asks that is answered. What it asks in vain is refused sooner, so it is left out. */
    private static final List<String> MIX = List.of(
            "SELECT education AS 学历, COUNT(*) AS 人数, AVG(income_yuan) AS 月均收入 FROM person GROUP BY education",
            "SELECT b.kind AS 救助类别, COUNT(DISTINCT b.person_id) AS 人数, SUM(b.amount_yuan) AS 金额"
                    + " FROM benefit b JOIN person p ON b.person_id = p.person_id GROUP BY b.kind",
            "SELECT county, education, age, COUNT(*) AS persons, AVG(income_yuan) AS income FROM person"
                    + " GROUP BY county, education, age");

    private DataZone zone;
    private AuthorisedCall call;
    private PlainCalcite calcite;
    private long asked;

    /** Opens a small zone: the decision does not depend on the number of rows. */
    @Setup(Level.Trial)
    public void open() throws IOException, DeclarationException, LoadException {
        ZoneDeclaration declaration = DeclarationReader.read(Files.readString(DECLARATION));
        zone = Zones.open(
                declaration,
                Map.of(
                        "person",
                        new Zones.Rows(
                                "person_id,county,sex,age,education,occupation,income_yuan,insured,household_id",
                                PERSONS,
                                i -> String.format(
                                        Locale.ROOT,
                                        "%d,37080%d,%s,%d,%s,%s,%d,%s,%d",
                                        i,
                                        i % 3,
                                        i % 2 == 0 ? "男" : "女",
                                        20 + i % 60,
                                        "e" + i % 5,
                                        "o" + i % 7,
                                        2_000 + i % 900,
                                        i % 4 != 0,
                                        i / 3)),
                        "benefit",
                        new Zones.Rows(
                                "person_id,kind,year,amount_yuan",
                                PERSONS,
                                i -> String.format(
                                        Locale.ROOT, "%d,k%d,%d,%d", i / 2, i % 4, 2024 + i % 2, 100 + i % 800))));
        call = Zones.call(declaration, "organisation");
        calcite = new PlainCalcite(declaration);
        for (String sql : MIX) {
            ZoneAnswer answer = zone.answer(call, sql);
            if (!(answer instanceof Released)) {
                throw new IllegalStateException("not answered: " + sql);
            }
        }
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() {
        zone.close();
    }

    private String fresh() {
        return MIX.get((int) (asked++ % MIX.size())) + " -- " + asked;
    }

    /** Everything up to the question to the engine: parse, rules, plan, provenance, digest, look-up of earlier answers. */
    @Benchmark
    public Object decide() throws QueryRefused {
        return zone.preview(call, fresh());
    }

    /** Parse, validate, to-rel, unparse by Calcite alone. */
    @Benchmark
    public Object calcite() throws SqlParseException, ValidationException, RelConversionException {
        return calcite.rewritten(fresh());
    }

    /** A whole answer that was given before. */
    @Benchmark
    public Object repeated() {
        return zone.answer(call, MIX.get((int) (asked++ % MIX.size())));
    }
}
