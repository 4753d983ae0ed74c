package org.datareturn.verifier.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.LoadPlan;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.RegistryLoader;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.SourceOpening;
import org.datareturn.verifier.registry.SourceRow;
import org.datareturn.verifier.registry.SourceRows;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.TestKeys;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data give the same rows from a CSV file, a Parquet file and a PostgreSQL table. */
class SourcesTest {
    private static final List<String> COLUMNS =
            List.of("id_number", "name", "valid_until", "region", "amount", "alive");
    private static final String CSV = """
            name,id_number,valid_until,region,amount,alive,secret
            张三,11010519491231002X,2030-01-31,370102,1.5,true,a
            "李，四",440524188001010014,,,20,false,b
            王五,110105491231002,0999-12-31,110105,100,,c
            """;
    /** Values of the table, the same for both databases. */
    private static final String ROWS = """
            (VALUES ('张三', '11010519491231002X', DATE '2030-01-31', CAST(370102 AS INTEGER),
                     CAST(1.50 AS DECIMAL(9, 2)), true, 'a'),
                    ('李，四', '440524188001010014', NULL, NULL, 20.00, false, 'b'),
                    ('王五', '110105491231002', DATE '0999-12-31', 110105, 100, NULL, 'c'))
             AS v(name, id_number, valid_until, region, amount, alive, secret)""";

    private static DataSource database;

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws SQLException {
        database = PostgresServer.fresh("sources");
        PostgresServer.execute(
                database,
                "CREATE ROLE reader LOGIN PASSWORD 's3cret'",
                "CREATE SCHEMA civil",
                "CREATE TABLE civil.people AS SELECT row_number() OVER () AS place, v.* FROM " + ROWS,
                "GRANT USAGE ON SCHEMA civil TO reader",
                "GRANT SELECT (place, id_number, name, valid_until, region, amount, alive) ON civil.people TO reader");
    }

    @Test
    void allGiveTheSameTexts() throws IOException, SQLException {
        Path csv = folder.resolve("people.csv");
        Files.writeString(csv, CSV);
        List<List<String>> fromCsv = values(CsvSource.of(csv));
        assertThat(fromCsv)
                .containsExactly(
                        List.of("11010519491231002X", "张三", "2030-01-31", "370102", "1.5", "true"),
                        List.of("440524188001010014", "李，四", "", "", "20", "false"),
                        List.of("110105491231002", "王五", "0999-12-31", "110105", "100", ""));
        assertThat(values(parquet("SELECT * FROM " + ROWS))).isEqualTo(fromCsv);
        assertThat(values(declared(
                        "query = SELECT place, id_number, name, valid_until, region, amount, alive FROM civil.people;",
                        "order = place")))
                .isEqualTo(fromCsv);
    }

    @Test
    void fetchesOnlyTheColumnsOfTheRegistry() throws IOException {
        // The role may not read the column "secret"; a source that asked for every column would be refused.
        assertThat(values(declared("table = civil.people", "order = place"))).hasSize(3);
    }

    @Test
    void giveDaysOfTimestampsAtMidnightAndNamesTypesThatCannotBeRead() throws IOException, SQLException {
        RowSource days =
                parquet("SELECT TIMESTAMP '2030-01-31 00:00:00' AS a UNION ALL SELECT TIMESTAMP '2030-01-31 08:30:00'");
        assertThat(values(days, List.of("a"))).containsExactly(List.of("2030-01-31"), List.of("2030-01-31T08:30"));
        assertProblem(parquet("SELECT 110105194912310021::DOUBLE AS a"), "a (DOUBLE)");
        assertProblem(parquet("SELECT now() AS a"), "a (TIMESTAMP WITH TIME ZONE)");
        assertProblem(parquet("SELECT 'x'::BLOB AS a"), "a (BLOB)");
        assertProblem(parquet("SELECT [1, 2] AS a"), "a (INTEGER[])");
        for (String type : List.of("float8", "timestamptz", "bytea", "uuid", "jsonb", "bit")) {
            assertProblem(declared("query = SELECT NULL::" + type + " AS a"), "a (" + type + ")");
        }
    }

    @Test
    void nameColumnsThatAreNotThere() throws IOException, SQLException {
        for (RowSource source : List.of(
                parquet("SELECT 1 AS b, 2 AS \"A\""),
                declared("query = SELECT 1 AS b, 2 AS \"A\""),
                declared("query = SELECT 1 AS a, 2 AS a"))) {
            assertThat(problems(source, "a"))
                    .containsExactly(new RowProblem(1, VerifierReason.REGISTRY_HEADER, Optional.of("a")));
        }
        assertThat(problems(declared("query = SELECT 1 AS a", "order = z"), "a"))
                .containsExactly(new RowProblem(1, VerifierReason.REGISTRY_HEADER, Optional.of("z")));
    }

    @Test
    void refuseAFileThatIsNoParquet() throws IOException {
        Path file = folder.resolve("no.parquet");
        Files.writeString(file, CSV);
        assertThat(problems(new ParquetSource(file), "a"))
                .containsExactly(new RowProblem(1, VerifierReason.REGISTRY_FILE, Optional.empty()));
    }

    @Test
    void sayThatAParquetFileBreaksInTheMiddle() throws IOException, SQLException {
        Path file = folder.resolve("cut.parquet");
        write(file, "SELECT uuid()::VARCHAR AS a FROM range(300000)");
        byte[] content = Files.readAllBytes(file);
        for (int i = content.length / 10 * 9; i < content.length / 10 * 9 + 4000; i++) {
            content[i] ^= 0x55;
        }
        Files.write(file, content);
        SourceRow last;
        try (SourceRows rows = ready(new ParquetSource(file), List.of("a"), 0)) {
            do {
                last = rows.next();
            } while (last instanceof SourceRow.Read);
        }
        assertThat(last).isInstanceOf(SourceRow.Broken.class);
    }

    @Test
    void goOnAtARow() throws IOException, SQLException {
        for (RowSource source : List.of(
                parquet("SELECT range::VARCHAR AS a FROM range(300000)"),
                declared("query = SELECT g::text AS a, g FROM generate_series(0, 299999) g", "order = g"))) {
            try (SourceRows rows = ready(source, List.of("a"), 250_001)) {
                assertThat(rows.next()).isEqualTo(new SourceRow.Read(250_002, List.of("250001")));
            }
            assertThat(source.fingerprint()).isPresent().isEqualTo(source.fingerprint());
        }
        assertThat(declared("table = civil.people").fingerprint()).isEmpty();
    }

    @Test
    void refuseAnOrderThatDoesNotTellRowsApart() throws IOException {
        for (String order : List.of("g / 2", "NULLIF(g, 2)")) {
            RowSource source =
                    declared("query = SELECT g AS a, " + order + " AS o FROM generate_series(1, 9) g", "order = o");
            assertThatThrownBy(() -> values(source, List.of("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ordered by");
        }
    }

    @Test
    void readADatabaseWithoutBeingAbleToChangeIt() throws IOException, SQLException {
        PostgresServer.execute(
                database,
                "CREATE TABLE IF NOT EXISTS victim (a int)",
                "GRANT ALL ON victim TO reader",
                "CREATE OR REPLACE FUNCTION evil() RETURNS text LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO victim VALUES (1); RETURN 'x'; END $$");
        assertThatThrownBy(() -> values(declared("query = SELECT evil() AS a"), List.of("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("25006");
    }

    @Test
    void loadARegistryAlike() throws IOException, SQLException {
        String rows = "SELECT printf('%s', id_number) AS id_number, name FROM " + ROWS + " WHERE name <> '王五'";
        for (RowSource source : List.of(
                parquet(rows.replace("printf('%s', id_number)", "id_number")),
                declared("query = SELECT id_number, name FROM civil.people WHERE name <> '王五'"))) {
            try (RegistryStore store = TestRegistry.open(folder.resolve("store"), TestKeys.fresh())) {
                LoadOutcome outcome = new RegistryLoader(TestRegistry.CLOCK)
                        .load(
                                source,
                                store,
                                LoadPlan.of(TestRegistry.ORIGIN, RowPolicy.SKIP_AND_REPORT),
                                LoadProgress.silent());
                // 李，四 has a comma in the name, which no name has.
                assertThat(outcome.report().records()).isEqualTo(1);
                assertThat(outcome.report().problems())
                        .containsExactly(new RowProblem(2, VerifierReason.PERSON_NAME_CHARACTER, Optional.of("name")));
            }
        }
    }

    @Test
    void keepPasswordsOutOfSightAndFilesOfOthers() throws IOException {
        Path file = declaration("table = t", "password = s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> DatabaseDeclaration.read(file, name -> null))
                .hasMessageContaining("600")
                .hasMessageNotContaining("s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(DatabaseDeclaration.read(file, name -> null).toString()).doesNotContain("s3cret");
        Path variable = declaration("table = t", "password-env = REGISTRY_PASSWORD");
        assertThat(DatabaseDeclaration.read(variable, name -> name + "!")
                        .login()
                        .password())
                .isEqualTo("REGISTRY_PASSWORD!");
        assertThatThrownBy(() -> DatabaseDeclaration.read(variable, name -> null))
                .hasMessageContaining("not set");
        for (String wrong : List.of("", "tabel = t", "table = t\nquery = q", "table = t\nfetch-size = 0")) {
            assertThatThrownBy(() -> DatabaseDeclaration.read(declaration(wrong), name -> null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DatabaseLogin("jdbc:postgresql://h/d?password=x", "u", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("=x");
    }

    private void assertProblem(RowSource source, String column) throws IOException {
        assertThat(problems(source, "a"))
                .containsExactly(new RowProblem(1, VerifierReason.REGISTRY_COLUMN_TYPE, Optional.of(column)));
    }

    private static List<RowProblem> problems(RowSource source, String column) throws IOException {
        SourceOpening opened = source.open(List.of(column), 0);
        assertThat(opened).isInstanceOf(SourceOpening.Unusable.class);
        return opened instanceof SourceOpening.Unusable(List<RowProblem> problems) ? problems : List.of();
    }

    private static List<List<String>> values(RowSource source) throws IOException {
        return values(source, COLUMNS);
    }

    private static List<List<String>> values(RowSource source, List<String> columns) throws IOException {
        List<List<String>> values = new ArrayList<>();
        try (SourceRows rows = ready(source, columns, 0)) {
            while (rows.next() instanceof SourceRow.Read(long line, List<String> row)) {
                values.add(row);
            }
        }
        return values;
    }

    private static SourceRows ready(RowSource source, List<String> columns, long skip) throws IOException {
        return switch (source.open(columns, skip)) {
            case SourceOpening.Ready(SourceRows rows) -> rows;
            case SourceOpening.Unusable(List<RowProblem> problems) -> throw new AssertionError(problems);
        };
    }

    private ParquetSource parquet(String query) throws IOException, SQLException {
        Path file = Files.createTempFile(folder, "it's ", ".parquet");
        write(file, query);
        return new ParquetSource(file);
    }

    private static void write(Path file, String query) throws SQLException {
        try (Connection engine = new DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
                Statement statement = engine.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
        }
    }

    private DatabaseSource declared(String... lines) throws IOException {
        return new DatabaseSource(
                DatabaseDeclaration.read(declaration(String.join("\n", lines), "password-env = P"), name -> "s3cret"));
    }

    private Path declaration(String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "source", ".properties");
        Files.writeString(
                file, "url = " + PostgresServer.url("sources") + "\nuser = reader\n" + String.join("\n", lines) + "\n");
        return file;
    }
}
