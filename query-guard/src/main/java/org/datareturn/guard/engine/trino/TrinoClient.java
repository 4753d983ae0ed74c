package org.datareturn.guard.engine.trino;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on a Trino cluster by its client protocol (Trino documentation, "Client REST API"): a POST of the statement,
 * then a GET of each {@code nextUri} until there is none. A statement that is not wanted any more is ended by a DELETE.
 * Nothing is tried twice. Thread-safe.
 */
final class TrinoClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TrinoClient.class.getName());

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CANCEL = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final EngineServers.Trino server;
    private final URI statements;
    private final HttpClient http;

    /** A client of a server. */
    TrinoClient(EngineServers.Trino server) {
        this.server = server;
        this.statements = server.url().resolve("/v1/statement");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * Runs a statement.
     *
     * @param schema what unqualified names belong to
     * @param sql the statement
     * @param timeout how long it may run, here and on the server
     * @param mostRows the statement is ended after so many rows
     * @param reader gets each row
     * @throws EngineException when it fails or takes too long
     */
    void run(String schema, String sql, Duration timeout, int mostRows, Consumer<List<@Nullable Object>> reader)
            throws EngineException {
        try {
            new Running(schema, timeout, mostRows, reader).run(sql);
        } catch (IOException | TrinoPage.Malformed failed) {
            throw failure("the server is gone or says something else", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", stopped);
        }
    }

    /** One statement from its beginning to its end. */
    private final class Running {
        private final String schema;
        private final Duration timeout;
        private final long deadline;
        private final int mostRows;
        private final Consumer<List<@Nullable Object>> reader;
        private int rows;

        Running(String schema, Duration timeout, int mostRows, Consumer<List<@Nullable Object>> reader) {
            this.schema = schema;
            this.timeout = timeout;
            this.deadline = System.nanoTime() + timeout.toNanos();
            this.mostRows = mostRows;
            this.reader = reader;
        }

        void run(String sql) throws IOException, InterruptedException, EngineException, TrinoPage.Malformed {
            JsonNode answer = send(request(statements)
                    .header("X-Trino-Catalog", server.catalogue())
                    .header("X-Trino-Schema", schema)
                    .header("X-Trino-Time-Zone", "UTC")
                    .header("X-Trino-Session", "query_max_run_time=" + timeout.toSeconds() + "s")
                    .POST(HttpRequest.BodyPublishers.ofString(sql, StandardCharsets.UTF_8)));
            @Nullable URI next = next(answer);
            boolean ended = false;
            try {
                read(answer);
                while (next != null && rows < mostRows) {
                    answer = send(request(next).GET());
                    next = next(answer);
                    read(answer);
                }
                ended = next == null;
            } finally {
                if (!ended && next != null) {
                    cancel(next);
                }
            }
        }

        private void read(JsonNode answer) throws EngineException, TrinoPage.Malformed {
            if (answer.has("error")) {
                // The name is one of a fixed list, such as EXCEEDED_TIME_LIMIT; the message may quote data.
                throw failure(answer.path("error").path("errorName").asText("unknown"), null);
            }
            if (answer.has("data")) {
                TrinoPage page = TrinoPage.of(answer.path("columns"));
                for (JsonNode row : answer.path("data")) {
                    if (rows < mostRows) {
                        rows++;
                        reader.accept(page.row(row));
                    }
                }
            }
        }

        private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException, EngineException {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw failure("a statement took too long", null);
            }
            HttpResponse<InputStream> response =
                    http.send(request.timeout(left).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != OK) {
                    throw failure("HTTP status " + response.statusCode(), null);
                }
                return JSON.readTree(body);
            }
        }
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("X-Trino-User", server.user())
                .header("X-Trino-Source", "data-return-sandbox");
        if (!server.password().isEmpty()) {
            byte[] plain = (server.user() + ":" + server.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
        }
        return request;
    }

    /** Where the statement goes on: on the same server, or the password would be sent elsewhere. */
    private @Nullable URI next(JsonNode answer) throws TrinoPage.Malformed {
        JsonNode next = answer.path("nextUri");
        if (next.isMissingNode()) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(next.asText());
        } catch (IllegalArgumentException noUri) {
            throw new TrinoPage.Malformed();
        }
        boolean same = statements.getScheme().equals(uri.getScheme())
                && statements.getRawAuthority().equals(uri.getRawAuthority())
                && uri.getPath() != null
                && uri.getPath().startsWith("/v1/statement/");
        if (!same) {
            throw new TrinoPage.Malformed();
        }
        return uri;
    }

    private void cancel(URI next) {
        // Not waited for: whoever asked has an answer or a refusal already, and the server ends statements by itself
        // too.
        http.sendAsync(request(next).timeout(CANCEL).DELETE().build(), HttpResponse.BodyHandlers.discarding())
                .exceptionally(gone -> null);
    }

    private static EngineException failure(String what, @Nullable Exception cause) {
        EngineException told =
                cause == null ? new EngineException("trino: " + what) : new EngineException("trino: " + what, cause);
        LOG.log(System.Logger.Level.WARNING, told.getMessage());
        return told;
    }

    @Override
    public void close() {
        http.shutdown();
    }
}
