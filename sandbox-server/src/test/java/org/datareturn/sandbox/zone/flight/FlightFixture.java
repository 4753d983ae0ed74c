package org.datareturn.sandbox.zone.flight;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A served endpoint over a scripted road, and the ways users reach it. */
final class FlightFixture implements AutoCloseable {
    final ScriptedQueries road = new ScriptedQueries();
    final TestAuthority authority;
    final BufferAllocator allocator = new RootAllocator();
    final FlightSqlEndpoint endpoint;

    private FlightFixture(Path folder, FlightSqlOptions.Limits limits, Clock clock)
            throws GeneralSecurityException, IOException {
        authority = TestAuthority.in(folder, "node-ca");
        TestAuthority.Issued server = authority.issue("server");
        endpoint = FlightSqlEndpoint.start(
                new FlightSqlOptions(
                        FlightSqlOptions.DEFAULT_HOST,
                        0,
                        server.certificate(),
                        server.key(),
                        Optional.of(authority.pem()),
                        limits),
                road,
                clock);
    }

    static FlightFixture standard(Path folder) throws GeneralSecurityException, IOException {
        return new FlightFixture(folder, FlightSqlOptions.Limits.STANDARD, Clock.systemUTC());
    }

    static FlightFixture limited(Path folder, FlightSqlOptions.Limits limits, Clock clock)
            throws GeneralSecurityException, IOException {
        return new FlightFixture(folder, limits, clock);
    }

    /** What an analyst's URL states besides credentials. */
    static Map<String, String> session() {
        Map<String, String> session = new LinkedHashMap<>();
        session.put("grant", "G-1");
        session.put("zone", "livelihood");
        session.put("purpose", "WORK_REFERENCE");
        session.put("region", "370100");
        return session;
    }

    /** A JDBC connection with a token. */
    Connection connect(String token) throws SQLException {
        Map<String, String> parameters = session();
        parameters.put("token", token);
        return connect(parameters);
    }

    /** A JDBC connection with a client certificate and no token. */
    Connection connect(TestAuthority.Issued client) throws SQLException {
        Map<String, String> parameters = session();
        parameters.put("clientCertificate", client.certificate().toString());
        parameters.put("clientKey", client.key().toString());
        return connect(parameters);
    }

    /** A JDBC connection with exactly these parameters, over TLS. */
    Connection connect(Map<String, String> parameters) throws SQLException {
        String query = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:%d/?useEncryption=true&tlsRootCerts=%s&%s"
                .formatted(
                        endpoint.port(), URLEncoder.encode(authority.pem().toString(), StandardCharsets.UTF_8), query));
    }

    /** A bare Flight client, for what no SQL tool would send. */
    FlightClient client() throws IOException {
        try (InputStream trusted = Files.newInputStream(authority.pem())) {
            return FlightClient.builder(allocator, Location.forGrpcTls("127.0.0.1", endpoint.port()))
                    .trustedCertificates(trusted)
                    .build();
        }
    }

    /** Call options of an analyst with a token. */
    static CallOption[] as(String token) {
        return as(token, session());
    }

    static CallOption[] as(String token, Map<String, String> session) {
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert("authorization", "Bearer " + token);
        session.forEach(headers::insert);
        return new CallOption[] {new HeaderCallOption(headers)};
    }

    @Override
    public void close() {
        endpoint.close();
        allocator.close();
    }
}
