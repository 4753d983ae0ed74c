package org.datareturn.sandbox.zone.flight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the endpoint is served. TLS always; there is no plain mode.
 *
 * @param host address to listen on
 * @param port TCP port; 0 takes a free one, see {@link FlightSqlEndpoint#port()}
 * @param certificateChain the server's certificate chain, PEM, leaf first
 * @param privateKey its key, PKCS #8 PEM, not encrypted
 * @param clientAuthorities PEM of the authorities client certificates must chain to; a client may present none. Empty
 *     asks for no client certificate
 * @param limits bounds on size, time and number
 */
public record FlightSqlOptions(
        String host,
        int port,
        Path certificateChain,
        Path privateKey,
        Optional<Path> clientAuthorities,
        Limits limits) {

    /** Loopback, the address served when nothing else is said. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /**
     * Bounds. A caller is one set of wire credentials.
     *
     * @param sqlCharacters longest SQL text
     * @param queryDeadline longest a query or catalogue command may take
     * @param streamDeadline longest a client may take to read one answer
     * @param answerLifetime how long an answer waits to be fetched
     * @param callsPerCaller commands and streams of one caller at a time
     * @param calls commands and streams of all callers at a time
     * @param answersPerCaller answers of one caller waiting to be fetched
     * @param answers answers of all callers waiting to be fetched
     * @param heldCells cells of all waiting answers
     */
    public record Limits(
            int sqlCharacters,
            Duration queryDeadline,
            Duration streamDeadline,
            Duration answerLifetime,
            int callsPerCaller,
            int calls,
            int answersPerCaller,
            int answers,
            long heldCells) {
        /** What is served when nothing else is said. */
        public static final Limits STANDARD = new Limits(
                32_768,
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                64,
                256,
                64,
                512,
                20_000_000L);

        public Limits {
            requirePositive("sqlCharacters", sqlCharacters);
            requirePositive("queryDeadline (ms)", queryDeadline.toMillis());
            requirePositive("streamDeadline (ms)", streamDeadline.toMillis());
            requirePositive("answerLifetime (ms)", answerLifetime.toMillis());
            requirePositive("callsPerCaller", callsPerCaller);
            requirePositive("calls", calls);
            requirePositive("answersPerCaller", answersPerCaller);
            requirePositive("answers", answers);
            requirePositive("heldCells", heldCells);
        }

        private static void requirePositive(String name, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be > 0, was " + value);
            }
        }
    }

    public FlightSqlOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0–65535, was " + port);
        }
    }

    /** Loopback with the standard limits. */
    public static FlightSqlOptions onLoopback(
            int port, Path certificateChain, Path privateKey, Optional<Path> clientAuthorities) {
        return new FlightSqlOptions(
                DEFAULT_HOST, port, certificateChain, privateKey, clientAuthorities, Limits.STANDARD);
    }
}
