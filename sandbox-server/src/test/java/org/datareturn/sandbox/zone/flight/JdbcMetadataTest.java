package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.policy.ReasonCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a SQL tool's object tree asks: the grant's catalogue and nothing else, each time through the gate. */
class JdbcMetadataTest {
    @TempDir
    static Path folder;

    static FlightFixture fixture;

    private Connection connection;
    private DatabaseMetaData metadata;

    @BeforeAll
    static void serve() throws Exception {
        fixture = FlightFixture.standard(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        fixture.road.catalogue = new CatalogueReply.Catalogue(List.of(
                new CatalogueReply.GrantedTable(
                        "person",
                        List.of(
                                new Column("education", SqlType.Plain.VARCHAR, true),
                                new Column("hours", SqlType.Plain.INTEGER, false),
                                new Column("收入", new SqlType.Decimal(18, 2), true))),
                new CatalogueReply.GrantedTable("visit", List.of(new Column("day", SqlType.Plain.DATE, true)))));
        fixture.road.catalogues.clear();
        fixture.road.queries.clear();
        connection = fixture.connect("token-a");
        metadata = connection.getMetaData();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void listsTheTablesWithNothingToQualifyThemBy() throws SQLException {
        assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
        assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).containsExactly("");
        assertThat(column(metadata.getTables(null, null, "%", null), "TABLE_NAME"))
                .containsExactly("person", "visit");
        assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
        assertThat(fixture.road.catalogues)
                .as("each command passes the gate")
                .hasSize(4)
                .allSatisfy(asked -> assertThat(asked.who().bearerToken()).contains("token-a"));
    }

    @Test
    void filtersTablesByPatternTypeAndCatalog() throws SQLException {
        assertThat(column(metadata.getTables("", null, "p_rs%", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("person");
        assertThat(column(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
                .isEmpty();
        assertThat(column(metadata.getTables("another", null, "%", null), "TABLE_NAME"))
                .isEmpty();
    }

    @Test
    void listsTheGrantedColumnsWithTheirTypes() throws SQLException {
        try (ResultSet columns = metadata.getColumns(null, null, "person", "%")) {
            List<String> seen = new ArrayList<>();
            while (columns.next()) {
                seen.add(columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME") + " "
                        + columns.getInt("DATA_TYPE") + " " + columns.getInt("NULLABLE") + " "
                        + columns.getInt("ORDINAL_POSITION"));
            }
            assertThat(seen)
                    .containsExactly(
                            "education VARCHAR " + Types.VARCHAR + " 1 1",
                            "hours INTEGER " + Types.INTEGER + " 0 2",
                            "收入 DECIMAL " + Types.DECIMAL + " 1 3");
        }
    }

    @Test
    void tellsOfNoKeys() throws SQLException {
        assertThat(column(metadata.getPrimaryKeys(null, null, "person"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(column(metadata.getImportedKeys(null, null, "person"), "FKCOLUMN_NAME"))
                .isEmpty();
        assertThat(column(metadata.getExportedKeys(null, null, "person"), "FKCOLUMN_NAME"))
                .isEmpty();
        assertThat(column(metadata.getCrossReference(null, null, "person", null, null, "visit"), "FKCOLUMN_NAME"))
                .isEmpty();
    }

    @Test
    void answersEveryQuestionAboutTheServerThatToolsAsk() throws Exception {
        assertThat(metadata.getDatabaseProductName()).contains("数据返还沙箱");
        assertThat(metadata.isReadOnly()).isTrue();
        assertThat(metadata.supportsTransactions()).isFalse();
        assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
        List<String> failed = new ArrayList<>();
        for (Method question : DatabaseMetaData.class.getMethods()) {
            if (question.getParameterCount() == 0 && !question.getReturnType().equals(ResultSet.class)) {
                try {
                    question.invoke(metadata);
                } catch (InvocationTargetException e) {
                    failed.add(question.getName() + ": " + e.getCause());
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(fixture.road.catalogues)
                .as("asked once, then kept by the driver")
                .hasSize(1);
    }

    @Test
    void refusesTheCatalogueWithTheRoadsReason() {
        fixture.road.catalogue = ScriptedQueries.refused(ReasonCode.Kind.DENIED);
        assertThatThrownBy(() -> metadata.getTables(null, null, "%", null))
                .hasMessageContainingAll("GROUP_TOO_SMALL", "分组人数不足", "trace-9", "ledger/9");
        assertThatThrownBy(metadata::getDatabaseProductName).hasMessageContaining("GROUP_TOO_SMALL");
    }

    @Test
    void neverQueriesDataForTheCatalogue() throws SQLException {
        column(metadata.getTables(null, null, "%", null), "TABLE_NAME");
        assertThat(fixture.road.queries).isEmpty();
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                values.add(rows.getString(name));
            }
        }
        return values;
    }
}
