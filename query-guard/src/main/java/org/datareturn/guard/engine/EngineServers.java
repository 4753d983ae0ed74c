package org.datareturn.guard.engine;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The servers an operator names for zones that do not lie in this process. Named outside of declarations, because where data
 * lie and who may reach them is the node's matter and not the zone's.
 *
 * @param postgresql a PostgreSQL database
 * @param trino a catalogue of a Trino cluster
 */
public record EngineServers(Optional<Postgresql> postgresql, Optional<Trino> trino) {
    private static final Set<String> KEYS = Set.of(
            "postgresql.url", "postgresql.user", "postgresql.password", "trino.url", "trino.user", "trino.password");

    /**
     * A PostgreSQL database.
     *
     * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?…]}, without user and password
     * @param user an ordinary role that may create schemas
     * @param password its password; empty where the server asks for none
     */
    public record Postgresql(String url, String user, String password) {
        public Postgresql {
            if (!url.startsWith("jdbc:postgresql://")) {
                throw new IllegalArgumentException("postgresql.url must begin with jdbc:postgresql://");
            }
            String lower = url.toLowerCase(Locale.ROOT);
            if (lower.contains("password=") || lower.contains("user=")) {
                throw new IllegalArgumentException(
                        "postgresql.url must name neither user nor password: they have entries of their own");
            }
            requireUser("postgresql", user);
        }

        @Override
        public String toString() {
            return "Postgresql[" + user + "]";
        }
    }

    /**
     * A catalogue of a Trino cluster.
     *
     * @param url {@code https://HOST[:PORT]/CATALOGUE}; {@code http} on this machine only
     * @param user who may create schemas and tables there
     * @param password its password; empty where the server asks for none
     */
    public record Trino(URI url, String user, String password) {
        public Trino {
            boolean https = "https".equals(url.getScheme());
            if (!https && !"http".equals(url.getScheme())) {
                throw new IllegalArgumentException("trino.url must begin with https:// or http://");
            }
            String host = url.getHost();
            if (host == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
                throw new IllegalArgumentException("trino.url must be https://HOST[:PORT]/CATALOGUE and no more");
            }
            if (!https && !Set.of("127.0.0.1", "localhost", "[::1]").contains(host)) {
                throw new IllegalArgumentException("trino.url without TLS is for this machine only");
            }
            if (!https && !password.isEmpty()) {
                throw new IllegalArgumentException("trino.password is sent over https only");
            }
            if (!url.getPath().matches("/[a-z0-9_]{1,63}")) {
                throw new IllegalArgumentException("trino.url must end with a catalogue's name of a-z 0-9 _");
            }
            requireUser("trino", user);
        }

        /** The catalogue's name. */
        public String catalogue() {
            return url.getPath().substring(1);
        }

        @Override
        public String toString() {
            return "Trino[" + user + "]";
        }
    }

    private static void requireUser(String engine, String user) {
        if (user.isBlank()) {
            throw new IllegalArgumentException(engine + ".user is missing");
        }
    }

    /** No servers: the embedded engine only. */
    public static EngineServers none() {
        return new EngineServers(Optional.empty(), Optional.empty());
    }

    /**
     * Reads a file of lines {@code postgresql.url = …}: a Java properties file in UTF-8. The file holds passwords: on systems
     * with file permissions nobody but its owner may read it.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it says something unknown, contradictory or too little, or others may read it; the
     *     message quotes no value
     */
    public static EngineServers read(Path file) throws IOException {
        requirePrivate(file);
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            entries.load(reader);
        }
        Set<String> unknown = new TreeSet<>(entries.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown entries " + unknown + "; known: " + new TreeSet<>(KEYS));
        }
        return new EngineServers(
                server(entries, "postgresql")
                        .map(url -> new Postgresql(
                                url, value(entries, "postgresql.user"), value(entries, "postgresql.password"))),
                server(entries, "trino")
                        .map(url ->
                                new Trino(uri(url), value(entries, "trino.user"), value(entries, "trino.password"))));
    }

    private static void requirePrivate(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
            throw new IllegalArgumentException("others may read or write it: it holds passwords, set its mode to 600");
        }
    }

    private static Optional<String> server(Properties entries, String engine) {
        @Nullable String url = entries.getProperty(engine + ".url");
        boolean rest = entries.stringPropertyNames().stream().anyMatch(key -> key.startsWith(engine + "."));
        if (url == null && rest) {
            throw new IllegalArgumentException(engine + ".url is missing");
        }
        return Optional.ofNullable(url);
    }

    private static String value(Properties entries, String key) {
        return entries.getProperty(key, "");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("trino.url is not a URL", malformed);
        }
    }
}
