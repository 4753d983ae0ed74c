package org.datareturn.guard;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A zone for fuzzing: every cell of three columns holds 30 persons and nobody earns much more than others, so that
 * nothing is withheld but by rule, and a plain engine over the same rows that knows nothing of the guard.
 */
final class FuzzZone implements AutoCloseable {
    /** Texts of the data that no question contains by chance: none may be in a message. */
    static final String SECRET = "Xq7";

    private static final List<String> TOWNS = List.of("Ash", "Elm", "Oak");
    private static final List<String> JOBS = List.of("clerk", "smith", "");
    private static final int EACH = 30;
    private static final String YAML = """
            zone: fuzz
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 1, noise: none }
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  sex:   { type: VARCHAR, use: [group, filter] }
                  town:  { type: VARCHAR, use: [group, filter] }
                  job:   { type: VARCHAR, use: [group, filter] }
                  email: { type: VARCHAR, use: filter }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 1000] }
            """;

    private final ZoneFixture zone;
    private final Connection plain;
    private int asked;

    FuzzZone() throws SQLException {
        StringBuilder csv = new StringBuilder("id,sex,town,job,email,wage\n");
        plain = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = plain.createStatement()) {
            statement.execute("CREATE TABLE person (id INTEGER, sex VARCHAR, town VARCHAR, job VARCHAR, email VARCHAR,"
                    + " wage INTEGER)");
            List<String> values = new ArrayList<>();
            for (int id = 0; id < EACH * 2 * TOWNS.size() * JOBS.size(); id++) {
                String sex = id % 2 == 0 ? "F" : "M";
                String town = TOWNS.get(id / 2 % TOWNS.size());
                String job = JOBS.get(id / 2 / TOWNS.size() % JOBS.size());
                int wage = 100 + id * 7 % 300;
                csv.append("%d,%s,%s,%s,%s%d,%d%n".formatted(id, sex, town, job, SECRET, id, wage));
                values.add("(%d, '%s', '%s', %s, '%s%d', %d)"
                        .formatted(id, sex, town, job.isEmpty() ? "NULL" : "'" + job + "'", SECRET, id, wage));
            }
            statement.execute("INSERT INTO person VALUES " + String.join(", ", values));
        }
        zone = ZoneFixture.open(YAML, Map.of("person", csv.toString()));
    }

    /** Asks as an organisation that has asked nothing before. */
    ZoneAnswer ask(String sql) {
        return zone.guard("organisation " + asked++, sql).answer();
    }

    /** How many questions it was asked; each leaves something in its memory. */
    int asked() {
        return asked;
    }

    /** What the plain engine says. */
    List<List<@Nullable Object>> truth(String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = plain.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
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

    @Override
    public void close() throws SQLException {
        zone.close();
        plain.close();
    }
}
