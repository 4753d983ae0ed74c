package org.datareturn.sandbox.control;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh, migrated control database for one test, of any engine the node runs on. PostgreSQL is always the real one: a
 * container where Docker answers, else the embedded server; where neither starts the test fails, it is never skipped.
 */
public final class ControlDatabase implements AutoCloseable {
    /** The engines of the control database. */
    public enum Engine {
        H2_MEMORY,
        H2_FILE,
        POSTGRESQL
    }

    private final DataSource dataSource;
    private final Runnable close;

    private ControlDatabase(DataSource dataSource, Runnable close) {
        this.dataSource = dataSource;
        this.close = close;
    }

    /** A fresh database. */
    public static ControlDatabase open(Engine engine) {
        String name = "control_" + UUID.randomUUID().toString().replace("-", "");
        return switch (engine) {
            case H2_MEMORY -> h2("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", () -> {});
            case H2_FILE -> {
                try {
                    Path folder = Files.createTempDirectory("control");
                    yield h2("jdbc:h2:file:" + folder.resolve(name), () -> delete(folder));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case POSTGRESQL -> postgres(name);
        };
    }

    /** The database. */
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        close.run();
    }

    private static ControlDatabase h2(String url, Runnable afterwards) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        migrate(pool);
        return new ControlDatabase(pool, () -> {
            execute(pool, "SHUTDOWN");
            pool.dispose();
            afterwards.run();
        });
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlDatabase postgres(String name) {
        execute(Server.ADMIN, "CREATE DATABASE " + name + " TEMPLATE " + Server.TEMPLATE);
        AgroalDataSource pool = pooled(Server.database(name));
        return new ControlDatabase(pool, () -> {
            pool.close();
            execute(Server.ADMIN, "DROP DATABASE " + name + " WITH (FORCE)");
        });
    }

    /** The pool the node itself uses. */
    private static AgroalDataSource pooled(PGSimpleDataSource source) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(source.getURL())
                                    .principal(new NamePrincipal(Objects.requireNonNull(source.getUser())))
                                    .credential(new SimplePassword(Objects.requireNonNull(source.getPassword()))))));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open a pool", e);
        }
    }

    private static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot " + sql, e);
        }
    }

    /** One PostgreSQL server for all tests of a run, started by the first that asks; it ends with the process. */
    private static final class Server {
        static final String TEMPLATE = "control_template";
        static final PGSimpleDataSource ADMIN = start();

        static {
            execute(ADMIN, "CREATE DATABASE " + TEMPLATE);
            migrate(database(TEMPLATE));
        }

        private static PGSimpleDataSource start() {
            boolean dockerLikely =
                    System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
            if (dockerLikely && DockerClientFactory.instance().isDockerAvailable()) {
                PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
                container.start();
                return source(container.getJdbcUrl(), container.getUsername(), container.getPassword());
            }
            try {
                EmbeddedPostgres embedded = EmbeddedPostgres.builder().start();
                return source(embedded.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException("neither Docker nor the embedded PostgreSQL starts", e);
            }
        }

        static PGSimpleDataSource database(String name) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(ADMIN.getURL());
            source.setUser(ADMIN.getUser());
            source.setPassword(ADMIN.getPassword());
            source.setDatabaseName(name);
            return source;
        }

        private static PGSimpleDataSource source(String url, String user, String password) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(url);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    }
}
