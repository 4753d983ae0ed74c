package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A Java properties file in UTF-8 that says how a database is reached. No message quotes a value. */
final class DeclarationFile {
    private static final Set<String> LOGIN = Set.of("url", "user", "password", "password-env");

    private final Path file;
    private final Properties entries;

    private DeclarationFile(Path file, Properties entries) {
        this.file = file;
        this.entries = entries;
    }

    /** The entries of a login, and these. */
    static Set<String> withLogin(String... others) {
        Set<String> all = new HashSet<>(LOGIN);
        all.addAll(List.of(others));
        return Set.copyOf(all);
    }

    static DeclarationFile read(Path file, Set<String> known) throws IOException {
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            entries.load(reader);
        }
        Set<String> unknown = new TreeSet<>(entries.stringPropertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown entries " + unknown + "; known: " + new TreeSet<>(known));
        }
        return new DeclarationFile(file, entries);
    }

    Optional<String> entry(String key) {
        return Optional.ofNullable(entries.getProperty(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    DatabaseLogin login(Environment environment) throws IOException {
        return new DatabaseLogin(required("url"), required("user"), password(environment));
    }

    private String required(String key) {
        return entry(key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private String password(Environment environment) throws IOException {
        Optional<String> written = entry("password");
        Optional<String> variable = entry("password-env");
        if (written.isPresent() && variable.isPresent()) {
            throw new IllegalArgumentException("password and password-env contradict each other");
        }
        if (written.isPresent()) {
            requirePrivate();
            return written.get();
        }
        if (variable.isEmpty()) {
            return "";
        }
        @Nullable String value = environment.get(variable.get());
        if (value == null) {
            throw new IllegalArgumentException("password-env names a variable that is not set");
        }
        return value;
    }

    private void requirePrivate() throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
            throw new IllegalArgumentException("others may read or write it: it holds a password, set its mode to 600");
        }
    }
}
