package org.datareturn.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands between the guard and a real server, passes everything on, and fails when told to. */
final class FaultyRoad implements AutoCloseable {
    /** What goes wrong. */
    enum Fault {
        NONE,
        SILENT,
        STATUS_500,
        STATUS_401,
        REDIRECTED,
        GARBAGE,
        EMPTY_OBJECT_WITHOUT_END,
        ROWS_OF_OTHER_WIDTH,
        TEXT_FOR_A_NUMBER,
        GOES_ON_ELSEWHERE,
        ERROR_QUOTING_DATA
    }

    static final String DATA = "Zhang San, 371302199001011234";

    private final HttpServer front;
    private final HttpClient back = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final URI server;
    private volatile Fault fault = Fault.NONE;
    private volatile boolean askedElsewhere;

    private FaultyRoad(URI server) throws IOException {
        this.server = server;
        this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static FaultyRoad to(URI server) throws IOException {
        FaultyRoad road = new FaultyRoad(server);
        road.front.setExecutor(road.threads);
        road.front.createContext("/", road::answer);
        road.front.createContext("/elsewhere", exchange -> {
            road.askedElsewhere = true;
            road.say(exchange, 200, "{}");
        });
        road.front.start();
        return road;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    void fail(Fault what) {
        fault = what;
    }

    boolean askedElsewhere() {
        return askedElsewhere;
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (fault) {
            case NONE -> pass(exchange);
            case SILENT -> {
                try {
                    closing.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case STATUS_500 -> say(exchange, 500, DATA);
            case STATUS_401 -> say(exchange, 401, DATA);
            case REDIRECTED -> {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
                say(exchange, 307, "");
            }
            case GARBAGE -> say(exchange, 200, "{\"data\": [[\"" + DATA);
            case EMPTY_OBJECT_WITHOUT_END ->
                say(exchange, 200, "{\"nextUri\": \"" + url() + "/v1/statement/executing/again\"}");
            case ROWS_OF_OTHER_WIDTH -> rows(exchange, "varchar", "[\"" + DATA + "\", 1]");
            case TEXT_FOR_A_NUMBER -> rows(exchange, "bigint", "[\"" + DATA + "\"]");
            case GOES_ON_ELSEWHERE -> say(exchange, 200, "{\"nextUri\": \"" + url() + "/elsewhere\"}");
            case ERROR_QUOTING_DATA ->
                say(
                        exchange,
                        200,
                        "{\"error\": {\"errorName\": \"INVALID_CAST_ARGUMENT\", \"message\": \"Cannot cast '" + DATA
                                + "' to INTEGER\"}}");
        }
    }

    private void rows(HttpExchange exchange, String type, String row) throws IOException {
        say(exchange, 200, "{\"columns\": [{\"name\": \"k0\", \"type\": \"" + type + "\"}], \"data\": [" + row + "]}");
    }

    private void say(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-trino")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<String> response = back.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body().replace(server.toString(), url().toString());
            say(exchange, Set.of(200, 204).contains(response.statusCode()) ? response.statusCode() : 502, body);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        front.stop(0);
        threads.close();
        back.close();
    }
}
