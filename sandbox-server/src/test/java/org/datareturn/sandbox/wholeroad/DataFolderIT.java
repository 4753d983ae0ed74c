package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.PlainValue;
import org.datareturn.sandbox.province.PlainValueScan;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever copies a node's data folder, or reads its log, after it was used. */
@ExtendWith(SharedNode.class)
class DataFolderIT {
    @Test
    void dataFolderAndLogHoldNoNameNumberOrRowAfterChecksAndQueries(SharedNode.Running shared, @TempDir Path scratch)
            throws IOException, SQLException {
        NodeProcess node = shared.node();
        SyntheticProvince province = shared.province();
        use(node, province);

        PlainValueScan scan = new PlainValueScan(province.plainValues());
        assertThat(scan.size()).isGreaterThan(2 * province.size());
        assertThat(scan.in(node.data())).isEmpty();
        assertThat(Files.size(node.log())).isPositive();
        Path logs = Files.createDirectories(scratch.resolve("logs"));
        Files.copy(node.log(), logs.resolve("server.log"));
        assertThat(scan.in(logs)).isEmpty();

        Path planted = Files.createDirectories(scratch.resolve("planted"));
        Files.writeString(planted.resolve("slip"), "x" + province.personAt(17).idNumber() + "y");
        assertThat(scan.in(planted))
                .as("the same scan finds a number where there is one")
                .singleElement()
                .extracting(PlainValueScan.Finding::kind)
                .isEqualTo(PlainValue.Kind.ID_NUMBER);
    }

    /** Checks answered and refused, a table released, SQL refused whose text holds a person's number. */
    private static void use(NodeProcess node, SyntheticProvince province) throws IOException, SQLException {
        String checks = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        String zone = Papers.grant(node, Applying.LIVELIHOOD_ZONE, "county-applicant");
        try (NodeClient agency = node.as("county-operator")) {
            for (int i = 0; i < 50; i++) {
                Person person = province.personAt(i);
                agency.verification()
                        .verify(VerifyRequest.newBuilder()
                                .setGrantId(checks)
                                .setProduct("identity-check")
                                .putFields("id_number", person.idNumber())
                                .putFields("name", person.name())
                                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                .setRegion("370812")
                                .build());
            }
            Person person = province.personAt(50);
            // Callers send anything anywhere: a number as a product, a grant or a region must not be kept either.
            for (VerifyRequest.Builder odd : List.of(
                    VerifyRequest.newBuilder().setGrantId(person.idNumber()),
                    VerifyRequest.newBuilder().setGrantId(checks).setRegion(person.idNumber()),
                    VerifyRequest.newBuilder().setGrantId(checks).putFields(person.idNumber(), person.name()))) {
                Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
                        .isThrownBy(() -> agency.verification()
                                .verify(odd.setProduct("identity-check")
                                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                                        .build()));
            }
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:arrow-flight-sql://localhost:" + node.flightPort(),
                        Analyst.session(node, "county-analyst", zone));
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT occupation, COUNT(*) AS n, AVG(income_yuan) AS income FROM person GROUP BY occupation")) {
                assertThat(rows.next()).isTrue();
            }
            Assertions.assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT COUNT(*) FROM person WHERE name = '"
                            + province.personAt(51).name() + "' OR id_number = '"
                            + province.personAt(51).idNumber() + "'"));
        }
    }
}
