package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.datareturn.policy.PolicyReason.POLICY_MALFORMED;
import static org.datareturn.policy.PolicyReason.POLICY_OBLIGATION_MISSING;
import static org.datareturn.policy.PolicyReason.POLICY_REASON_UNKNOWN;
import static org.datareturn.policy.PolicyReason.POLICY_UNAVAILABLE;
import static org.datareturn.policy.PolicyReason.POLICY_UNDEFINED;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.opa.SidecarPolicyDecisionPoint.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a policy server can fail to decide, from a real HTTP server on loopback. */
class SidecarFailureTest {
    private static final int MAX_ANSWER_BYTES = 2000;
    private static final String ALLOW = "{\"result\":{\"allow\":true,\"obligations\":{\"answer_form\":\"YES_NO\","
            + "\"columns\":[],\"watermark\":false},\"reasons\":[],\"revision\":\"r1\"}}";

    private final CountDownLatch done = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private SidecarPolicyDecisionPoint engine;

    /** How a server answers. */
    private interface Handler {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        engine = new SidecarPolicyDecisionPoint(new Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofSeconds(10),
                MAX_ANSWER_BYTES));
    }

    @AfterEach
    void stop() {
        done.countDown();
        engine.close();
        server.stop(0);
        threads.close();
    }

    static Stream<Arguments> matrix() {
        return Stream.of(
                Arguments.of(404, ALLOW, POLICY_UNDEFINED),
                Arguments.of(400, ALLOW, POLICY_UNAVAILABLE),
                Arguments.of(401, ALLOW, POLICY_UNAVAILABLE),
                Arguments.of(500, ALLOW, POLICY_UNAVAILABLE),
                Arguments.of(503, ALLOW, POLICY_UNAVAILABLE),
                Arguments.of(204, "", POLICY_UNAVAILABLE),
                Arguments.of(302, ALLOW, POLICY_UNAVAILABLE),
                Arguments.of(200, "{}", POLICY_UNDEFINED),
                Arguments.of(200, "{\"decision_id\":\"d\"}", POLICY_UNDEFINED),
                Arguments.of(200, "", POLICY_MALFORMED),
                Arguments.of(200, "{", POLICY_MALFORMED),
                Arguments.of(200, "true", POLICY_MALFORMED),
                Arguments.of(200, "[" + ALLOW + "]", POLICY_MALFORMED),
                Arguments.of(200, "{\"result\":true}", POLICY_MALFORMED),
                Arguments.of(200, "{\"result\":null}", POLICY_MALFORMED),
                Arguments.of(200, ALLOW + ALLOW, POLICY_MALFORMED),
                Arguments.of(200, ALLOW + ",", POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace("true", "1"), POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace("\"r1\"", "1"), POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace("{\"allow\"", "{\"allow\":false,\"allow\""), POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace("[],\"watermark\"", "{\"a\":1},\"watermark\""), POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace("\"r1\"", "\"r1\",\"also\":1"), POLICY_MALFORMED),
                Arguments.of(200, ALLOW.replace(",\"watermark\":false", ""), POLICY_OBLIGATION_MISSING),
                Arguments.of(
                        200,
                        "{\"result\":{\"allow\":false,\"reasons\":[\"WHY\"],\"revision\":\"r1\"}}",
                        POLICY_REASON_UNKNOWN),
                Arguments.of(200, "{\"result\":" + "[".repeat(900) + "]".repeat(900) + "}", POLICY_MALFORMED),
                Arguments.of(200, ALLOW + " ".repeat(MAX_ANSWER_BYTES), POLICY_UNAVAILABLE));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("matrix")
    void deniesWhatIsNoDecision(int status, String body, PolicyReason reason) {
        answering(exchange -> send(exchange, status, body));
        assertDenied(reason);
    }

    @Test
    void allowsAWellFormedAnswerAndAsksTheDocumentedPath() {
        answering(exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            send(exchange, 200, ALLOW);
        });
        assertThat(engine.decide(Inputs.VERIFICATION))
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> assertThat(allow.revision()).isEqualTo("r1"));
        assertThat(asked).hasValue("POST /v1/data/datareturn/authorisation/decision application/json");
    }

    @Test
    void deniesAServerThatNeverAnswers() {
        impatient();
        answering(exchange -> done.await());
        assertDenied(POLICY_UNAVAILABLE);
    }

    @Test
    void deniesAnInterruptedCallAndKeepsTheInterrupt() {
        answering(exchange -> done.await());
        Thread.currentThread().interrupt();
        assertDenied(POLICY_UNAVAILABLE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void deniesAServerThatNeverEndsItsAnswer() {
        impatient();
        answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(ALLOW.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            done.await();
        });
        assertDenied(POLICY_UNAVAILABLE);
    }

    @Test
    void deniesAServerThatHangsUp() {
        answering(HttpExchange::close);
        assertDenied(POLICY_UNAVAILABLE);
    }

    @Test
    void deniesWhenNobodyListens() {
        server.stop(0);
        assertDenied(POLICY_UNAVAILABLE);
    }

    @Test
    void deniesAfterItWasClosed() {
        answering(exchange -> send(exchange, 200, ALLOW));
        engine.close();
        assertDenied(POLICY_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://opa.example:8181", "ftp://127.0.0.1", "http:///x", "localhost:8181", "/v1"})
    void refusesAServerWhoseAnswersOthersCouldWrite(String server) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.standard(URI.create(server)))
                .withMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://opa.example:8181", "http://localhost:8181", "http://[::1]:8181"})
    void takesHttpsOrLoopback(String server) {
        assertThat(Settings.standard(URI.create(server)).server()).hasToString(server);
    }

    @Test
    void refusesBoundsThatBoundNothing() {
        URI here = URI.create("http://127.0.0.1:8181");
        assertThatIllegalArgumentException().isThrownBy(() -> new Settings(here, Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Settings(here, Duration.ofMinutes(2), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Settings(here, Duration.ofSeconds(1), 0));
    }

    private void impatient() {
        engine.close();
        engine = new SidecarPolicyDecisionPoint(new Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofMillis(300),
                MAX_ANSWER_BYTES));
    }

    private void answering(Handler handler) {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                handler.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void assertDenied(PolicyReason reason) {
        assertThat(engine.decide(Inputs.VERIFICATION))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.reasons()).isEqualTo(List.of(reason)));
    }
}
