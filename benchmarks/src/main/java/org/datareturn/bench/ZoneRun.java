package org.datareturn.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.Released;
import org.datareturn.guard.ZoneAnswer;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;

/**
 * A protected aggregate beside the plain query in the same engine with the same number of threads, over the same rows.
 * Each protected query is the first of an organisation that has asked nothing before, so none is answered from memory.
 */
final class ZoneRun implements Benchmarks.Bench {
    private static final int ROWS = Integer.getInteger("bench.rows", 10_000_000);
    private static final int ROWS_A_PERSON = 5;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3) * 2 + 1;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final String YAML = """
            zone: bench
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              t:
                columns:
                  id: { type: INTEGER, use: subject }
                  a:  { type: VARCHAR, use: [group, filter] }
                  b:  { type: VARCHAR, use: [group, filter] }
                  x:  { type: INTEGER, use: measure, bounds: [0, 1000] }
            """;

    private static final Map<String, String> QUERIES = Map.of(
            "count", "SELECT a, COUNT(*) FROM t GROUP BY a",
            "sum", "SELECT a, COUNT(*), SUM(x) FROM t GROUP BY a",
            "cells", "SELECT a, b, COUNT(*), AVG(x) FROM t WHERE b <> 'b3' GROUP BY a, b");

    @Override
    public List<Benchmarks.Figure> run() throws Exception {
        List<Benchmarks.Figure> figures = new ArrayList<>();
        figures.addAll(measured("zone.persons", ROWS));
        figures.addAll(measured("zone.rows", ROWS / ROWS_A_PERSON));
        return figures;
    }

    /** Numbers that look invented, the same for the same row: Donald Knuth's multiplicative hashing. */
    private static int mixed(int row, int salt, int below) {
        return Math.floorMod(((row + salt) * 0x9E3779B1) >>> 7, below);
    }

    private static List<Benchmarks.Figure> measured(String name, int persons) throws Exception {
        IntFunction<String> line =
                row -> row % persons + ",a" + mixed(row, 1, 8) + ",b" + mixed(row, 2, 6) + "," + mixed(row, 3, 1_001);
        System.err.printf(Locale.ROOT, "%s: loading %,d rows of %,d persons … 正在装载……%n", name, ROWS, persons);
        ZoneDeclaration declaration = DeclarationReader.read(YAML);
        List<Benchmarks.Figure> figures = new ArrayList<>();
        long started = System.nanoTime();
        try (DataZone zone = Zones.open(declaration, Map.of("t", new Zones.Rows("id,a,b,x", ROWS, line)));
                Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            System.err.printf(
                    Locale.ROOT,
                    "loaded in %.0f s, heap in use %,.0f MB%n",
                    (System.nanoTime() - started) / 1e9,
                    heapMegabytes());
            prepare(statement, persons);
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                figures.add(compared(name + "." + query.getKey(), query.getValue(), zone, declaration, statement));
            }
            System.err.printf(Locale.ROOT, "heap in use after all queries %,.0f MB%n", heapMegabytes());
        }
        return figures;
    }

    private static double heapMegabytes() {
        Runtime.getRuntime().gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / BYTES_PER_MEGABYTE;
    }

    private static void prepare(Statement statement, int persons) throws SQLException {
        statement.execute("SET threads = " + Zones.THREADS);
        String mixed =
                "CREATE MACRO mixed(r, salt, below) AS" + " ((((r + salt) * 2654435761) & 4294967295) >> 7) % below";
        statement.execute(mixed);
        statement.execute("CREATE TABLE t AS SELECT (r % " + persons + ")::INTEGER AS id, 'a' || mixed(r, 1, 8) AS a,"
                + " 'b' || mixed(r, 2, 6) AS b, mixed(r, 3, 1001)::INTEGER AS x FROM range(" + ROWS + ") AS rows(r)");
    }

    private static Benchmarks.Figure compared(
            String name, String sql, DataZone zone, ZoneDeclaration declaration, Statement statement)
            throws SQLException {
        double[] own = new double[ROUNDS];
        double[] plain = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long before = System.nanoTime();
            ZoneAnswer answer = zone.answer(Zones.call(declaration, name + round), sql);
            long between = System.nanoTime();
            int rows = 0;
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows++;
                }
            }
            long after = System.nanoTime();
            if (!(answer instanceof Released released) || released.rows().size() != rows) {
                throw new IllegalStateException(sql + " was not answered in full");
            }
            if (round >= 0) {
                own[round] = (between - before) / NANOS_PER_MILLI;
                plain[round] = (after - between) / NANOS_PER_MILLI;
            }
        }
        Arrays.sort(own);
        Arrays.sort(plain);
        return new Benchmarks.Figure(name, own[ROUNDS / 2], "ms", plain[ROUNDS / 2]);
    }
}
