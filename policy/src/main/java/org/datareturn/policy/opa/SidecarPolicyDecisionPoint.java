package org.datareturn.policy.opa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.opa.wire.WireFormat;

/**
 * Asks an OPA server beside this process: {@code POST /v1/data/<path>} of OPA's REST API. Thread-safe. Whatever is not
 * a decision in time is a denial.
 */
public final class SidecarPolicyDecisionPoint implements PolicyDecisionPoint, AutoCloseable {
    /** The revision of a denial that no policy made. */
    public static final String NO_REVISION = "none";

    private static final Logger LOG = System.getLogger(SidecarPolicyDecisionPoint.class.getName());
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /**
     * Where the server is.
     *
     * @param server its base address; {@code https}, or {@code http} on this machine's loopback: an answer that
     *     anybody on the way could write is no decision
     * @param timeout from asking to the whole answer, at most a minute
     * @param maxAnswerBytes the longest answer that is read, at most 16 MiB
     */
    public record Settings(URI server, Duration timeout, int maxAnswerBytes) {
        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        /** Refuses what contradicts itself with {@link IllegalArgumentException}. */
        public Settings {
            boolean loopback = server.getHost() != null && LOOPBACK.contains(server.getHost());
            if (server.getHost() == null
                    || !("https".equals(server.getScheme()) || ("http".equals(server.getScheme()) && loopback))) {
                throw new IllegalArgumentException("server must be https, or http on loopback, was " + server);
            }
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("timeout must be above 0 and at most 60 s, was " + timeout);
            }
            if (maxAnswerBytes < 1 || maxAnswerBytes > 16 * 1024 * 1024) {
                throw new IllegalArgumentException("maxAnswerBytes must be 1–16777216, was " + maxAnswerBytes);
            }
        }

        /** A server with one second of patience and answers up to 1 MiB. */
        public static Settings standard(URI server) {
            return new Settings(server, Duration.ofSeconds(1), 1024 * 1024);
        }
    }

    private final Settings settings;
    private final URI question;
    private final HttpClient client;

    /** An engine that asks the server; the server need not be up yet. */
    public SidecarPolicyDecisionPoint(Settings settings) {
        this.settings = settings;
        this.question = settings.server().resolve("/v1/data/" + PolicyBundle.DECISION);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    @Override
    public Decision decide(PolicyInput input) {
        Optional<String> text = InputText.of(input);
        if (text.isEmpty()) {
            return DecisionReader.deny(PolicyReason.POLICY_INPUT_UNFIT, NO_REVISION);
        }
        HttpRequest request = HttpRequest.newBuilder(question)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"input\":" + text.get() + "}", StandardCharsets.UTF_8))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request,
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), settings.maxAnswerBytes()));
        try {
            // The request's own timeout would end with the headers; this one covers the last byte of the body.
            return read(answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS), input);
        } catch (TimeoutException e) {
            answer.cancel(true);
            LOG.log(Level.WARNING, "denied: the policy server did not answer in {0}", settings.timeout());
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "denied: the policy server cannot be asked", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
        }
        return DecisionReader.deny(PolicyReason.POLICY_UNAVAILABLE, NO_REVISION);
    }

    /** Lets go of the connections; calls after it are denied. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Decision read(HttpResponse<String> response, PolicyInput input) {
        return switch (response.statusCode()) {
            case OK -> DecisionReader.read(WireFormat.readServerAnswer(response.body()), input, NO_REVISION);
            case NOT_FOUND -> DecisionReader.deny(PolicyReason.POLICY_UNDEFINED, NO_REVISION);
            default -> {
                LOG.log(Level.WARNING, "denied: the policy server answered status {0}", response.statusCode());
                yield DecisionReader.deny(PolicyReason.POLICY_UNAVAILABLE, NO_REVISION);
            }
        };
    }
}
