package org.datareturn.sandbox.cli.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.datareturn.sandbox.node.NodeOptions;

/** The analyst of the demo: the stock Flight SQL JDBC driver, as any SQL tool would use it. */
final class DemoAnalyst {
    private static final int ROWS_SHOWN = 5;

    private final Walk walk;
    private final Path folder;
    private final NodeOptions options;
    private final int flightPort;
    private final String grant;

    DemoAnalyst(Walk walk, Path folder, NodeOptions options, int flightPort, String grant) {
        this.walk = walk;
        this.folder = folder;
        this.options = options;
        this.flightPort = flightPort;
        this.grant = grant;
    }

    /** Where the table that leaks in the demo is written. */
    Path leaked() {
        return folder.resolve("leaked.csv");
    }

    void queries() throws SQLException, IOException {
        walk.step("An analyst asks the zone through the stock Flight SQL JDBC driver", "分析员用标准 Flight SQL JDBC 驱动查询专区");
        try (Connection connection = connect()) {
            released(
                    connection,
                    "SELECT education AS 学历, COUNT(*) AS 人数, AVG(income_yuan) AS 月均收入 FROM person GROUP BY education");
            released(
                    connection,
                    "SELECT b.kind AS 救助类别, COUNT(DISTINCT b.person_id) AS 人数, SUM(b.amount_yuan) AS 金额"
                            + " FROM benefit b JOIN person p ON b.person_id = p.person_id GROUP BY b.kind");
            refused(connection, "SELECT person_id, income_yuan FROM person");
            refused(connection, "SELECT COUNT(*) FROM person WHERE person_id = 1");
            refused(connection, "SELECT LISTAGG(occupation, ',') FROM person");
            refused(connection, "SELECT household_id, COUNT(*) FROM person GROUP BY household_id");
            refused(connection, "DROP TABLE person");
            leak(connection);
        }
    }

    private Connection connect() throws SQLException, IOException {
        Path operator = options.identitiesFolder().resolve("operators").resolve("county-analyst");
        Properties properties = new Properties();
        properties.put("useEncryption", "true");
        properties.put(
                "tlsRootCerts", options.identitiesFolder().resolve("ca.crt.pem").toString());
        properties.put(
                "token",
                Files.readString(operator.resolve("token.jwt"), StandardCharsets.UTF_8)
                        .strip());
        properties.put("grant", grant);
        properties.put("zone", "livelihood");
        properties.put("purpose", "WORK_REFERENCE");
        properties.put("region", "370800");
        return DriverManager.getConnection("jdbc:arrow-flight-sql://localhost:" + flightPort, properties);
    }

    private void released(Connection connection, String sql) {
        walk.say(sql);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int count = 0;
            while (rows.next()) {
                if (count < ROWS_SHOWN) {
                    walk.say("     " + String.join("  ", cells(rows)));
                }
                count++;
            }
            walk.hold("released, " + count + " rows", count > 0);
        } catch (SQLException e) {
            walk.hold("released (" + firstLine(e) + ")", false);
        }
    }

    private void refused(Connection connection, String sql) {
        walk.say(sql);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            walk.hold("refused" + (rows.next() ? ", but rows came back" : ", but it was answered"), false);
        } catch (SQLException e) {
            walk.hold("refused: " + firstLine(e), true);
        }
    }

    /** A table with enough cells to be traced, written as somebody who leaks would: half its rows, in another order. */
    private void leak(Connection connection) throws SQLException, IOException {
        List<String> lines = new ArrayList<>();
        String header;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT county, education, age, COUNT(*) AS persons, AVG(income_yuan) AS income FROM person"
                                + " GROUP BY county, education, age")) {
            header = "county,education,age,persons,income";
            while (rows.next()) {
                lines.add(String.join(",", cells(rows)));
            }
        }
        walk.hold("a finer table for the leak below: " + lines.size() + " rows", lines.size() > 100);
        try (BufferedWriter file = Files.newBufferedWriter(leaked(), StandardCharsets.UTF_8)) {
            file.write(header);
            file.newLine();
            for (int i = lines.size() - 1; i >= 0; i -= 2) {
                file.write(lines.get(i));
                file.newLine();
            }
        }
    }

    private static List<String> cells(ResultSet rows) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            cells.add(String.valueOf(rows.getString(i)));
        }
        return cells;
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
