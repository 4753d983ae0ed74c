package org.datareturn.guard.engine.trino;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.datareturn.guard.engine.EngineException;

/**
 * A schema that one edition of a zone lies in: {@code zone_}, 16 hexadecimal digits of the zone's name, {@code _}, 16 of
 * chance. Trino knows no locks: what a killed process left behind is told of and stays until an operator drops it.
 */
final class TrinoSchema {
    private static final System.Logger LOG = System.getLogger(TrinoSchema.class.getName());

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_NAMES = 10_000;

    private final TrinoClient client;
    private final String name;
    private final List<String> tables = new ArrayList<>();

    private TrinoSchema(TrinoClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Makes an empty schema for a zone. */
    static TrinoSchema create(TrinoClient client, String zone) throws EngineException {
        String prefix = "zone_" + digest(zone) + "_";
        client.run("information_schema", "SHOW SCHEMAS", TIMEOUT, MOST_NAMES, row -> {
            if (row.getFirst() instanceof String other && other.startsWith(prefix)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "schema {0} holds data of zone {1} too: drop it unless another process serves the zone",
                        other,
                        zone);
            }
        });
        String name = prefix + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        client.run("information_schema", "CREATE SCHEMA " + name, TIMEOUT, MOST_NAMES, row -> {});
        return new TrinoSchema(client, name);
    }

    private static String digest(String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The schema's name, of letters a-z, digits and _ only. */
    String name() {
        return name;
    }

    /** Makes a table. */
    void createTable(String table, String columns) throws EngineException {
        execute("CREATE TABLE " + table + " (" + columns + ")");
        tables.add(table);
    }

    /** Runs a statement that loads. */
    void execute(String sql) throws EngineException {
        // To its end: what is left before it may be undone.
        client.run(name, sql, TIMEOUT, MOST_NAMES, row -> {});
    }

    /** Drops the schema with all it holds. */
    void drop() {
        try {
            for (String table : tables) {
                execute("DROP TABLE IF EXISTS " + table);
            }
            execute("DROP SCHEMA IF EXISTS " + name);
        } catch (EngineException failed) {
            LOG.log(System.Logger.Level.WARNING, "schema {0} could not be dropped: an operator must", name);
        }
    }
}
