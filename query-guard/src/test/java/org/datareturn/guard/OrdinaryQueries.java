package org.datareturn.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries of a file, asked of a zone and of a plain engine that knows nothing of the guard. A line {@code -- truth: SQL}
 * before a query says how the truth is asked where the zone shows bands. A value counts as right within 1 % or half a
 * rounding step; one that is not given counts as wrong.
 *
 * @param asked how many queries
 * @param refused those refused, with the reason
 * @param inaccurate those of whose values less than 90 % are right
 * @param values how many values the truth has
 * @param right how many of them are right
 */
record OrdinaryQueries(int asked, List<String> refused, List<String> inaccurate, int values, int right) {
    private static final double HALF_STEP = 2.5;

    private record Query(String sql, String truth) {}

    /** Tries a file's queries, each as an organisation of its own, after the plain engine has run its preparation. */
    static OrdinaryQueries tried(Path file, ZoneFixture zone, List<String> preparation)
            throws IOException, SQLException {
        List<String> refused = new ArrayList<>();
        List<String> inaccurate = new ArrayList<>();
        List<Query> queries = queries(file);
        int values = 0;
        int right = 0;
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            for (String step : preparation) {
                statement.execute(step);
            }
            for (Query query : queries) {
                ZoneFixture.Asked asked = zone.guard("organisation of " + query.sql(), query.sql());
                if (!(asked.answer() instanceof Released released)) {
                    refused.add(asked.outcome() + ": " + query.sql());
                    continue;
                }
                Map<String, List<Double>> given = byKey(released.rows());
                Map<String, List<Double>> truth = byKey(rows(statement, query.truth()));
                int all = 0;
                int good = 0;
                for (Map.Entry<String, List<Double>> row : truth.entrySet()) {
                    List<Double> told = given.getOrDefault(row.getKey(), List.of());
                    for (int i = 0; i < row.getValue().size(); i++) {
                        all++;
                        boolean close = i < told.size()
                                && close(told.get(i), row.getValue().get(i));
                        good += close ? 1 : 0;
                    }
                }
                values += all;
                right += good;
                if (good * 10 < all * 9) {
                    inaccurate.add(good + " of " + all + ": " + query.sql());
                }
            }
        }
        return new OrdinaryQueries(queries.size(), refused, inaccurate, values, right);
    }

    /** In words. */
    String report() {
        return "%d of %d answered, %d of %d values right%nrefused: %s%nless than 90 %% right: %s"
                .formatted(
                        asked - refused.size(),
                        asked,
                        right,
                        values,
                        String.join("\n  ", refused),
                        String.join("\n  ", inaccurate));
    }

    private static List<Query> queries(Path file) throws IOException {
        List<Query> queries = new ArrayList<>();
        String truth = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("-- truth: ")) {
                truth = line.substring("-- truth: ".length());
            } else {
                String sql = line.substring(0, line.lastIndexOf(';'));
                queries.add(new Query(sql, truth.isEmpty() ? sql : truth));
                truth = "";
            }
        }
        return queries;
    }

    private static boolean close(double told, double truth) {
        return Math.abs(told - truth) <= Math.max(HALF_STEP, Math.abs(truth) / 100);
    }

    /** The numbers of each row, by its texts; a null among numbers is no number. */
    private static Map<String, List<Double>> byKey(List<List<@Nullable Object>> rows) {
        Map<String, List<Double>> byKey = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            StringBuilder key = new StringBuilder();
            List<Double> numbers = new ArrayList<>();
            for (Object value : row) {
                switch (value) {
                    case Number number -> numbers.add(number.doubleValue());
                    case null -> key.append("/-");
                    default -> key.append('/').append(value);
                }
            }
            byKey.put(key.toString(), numbers);
        }
        return byKey;
    }

    private static List<List<@Nullable Object>> rows(Statement statement, String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
