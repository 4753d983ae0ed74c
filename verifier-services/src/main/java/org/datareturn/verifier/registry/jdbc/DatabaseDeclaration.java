package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registry's source in a database, as an operator declares it in a file.
 *
 * @param login the database and who reads it
 * @param table a table or view, its schema before it where it has one; or else
 * @param query a query that gives the rows
 * @param order a column that tells rows apart and orders them, such as the primary key; a load that breaks off can go on only
 *     where there is one
 * @param fetchSize how many rows come at a time
 */
public record DatabaseDeclaration(
        DatabaseLogin login,
        Optional<List<String>> table,
        Optional<String> query,
        Optional<String> order,
        int fetchSize) {
    private static final int FETCH_SIZE = 10_000;
    private static final int LARGEST_FETCH = 1_000_000;
    private static final Set<String> KEYS = DeclarationFile.withLogin("table", "query", "order", "fetch-size");

    public DatabaseDeclaration {
        if (table.isPresent() == query.isPresent()) {
            throw new IllegalArgumentException("either table or query must be given");
        }
        table = table.map(List::copyOf);
        if (fetchSize < 1 || fetchSize > LARGEST_FETCH) {
            throw new IllegalArgumentException("fetch-size must be 1–" + LARGEST_FETCH + ", was " + fetchSize);
        }
    }

    /** What names the rows, on one line. */
    String rows() {
        return table.map(parts -> "table " + String.join(".", parts))
                .or(() -> query.map(text -> "query " + text))
                .orElseThrow();
    }

    /**
     * Reads a declaration: a Java properties file in UTF-8. Where it holds a password, nobody but its owner may read it.
     *
     * @param environment where {@code password-env} is looked up; {@code System::getenv} but in tests
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it says something unknown, contradictory or too little, or others may read it; the
     *     message quotes no value
     */
    public static DatabaseDeclaration read(Path file, Environment environment) throws IOException {
        DeclarationFile entries = DeclarationFile.read(file, KEYS);
        return new DatabaseDeclaration(
                entries.login(environment),
                entries.entry("table").map(name -> List.of(name.split("\\.", -1))),
                entries.entry("query").map(DatabaseDeclaration::withoutEnd),
                entries.entry("order"),
                entries.entry("fetch-size").map(DatabaseDeclaration::number).orElse(FETCH_SIZE));
    }

    private static String withoutEnd(String query) {
        return query.endsWith(";") ? query.substring(0, query.length() - 1).stripTrailing() : query;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("fetch-size must be a number", e);
        }
    }
}
