package org.datareturn.sandbox.control.jdbc;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.datareturn.sandbox.control.ControlStoreException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the control database: a pool over H2 or PostgreSQL, migrated to this version before anybody uses it. */
public final class ControlPool {
    private static final int MOST_CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ControlPool() {}

    /**
     * Opens and migrates.
     *
     * @param jdbcUrl {@code jdbc:h2:…} or {@code jdbc:postgresql:…}
     * @throws ControlStoreException when it cannot be reached, is held by another process or cannot be migrated
     */
    public static AgroalDataSource open(String jdbcUrl, String user, String password) {
        Driver driver = jdbcUrl.startsWith("jdbc:h2:") ? new org.h2.Driver() : new org.postgresql.Driver();
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        // Opened before the pool, whose patience is meant for calls: a database that was killed may first mend itself.
        try (Connection opened = driver.connect(jdbcUrl, login)) {
            if (opened == null) {
                throw new SQLException("the driver does not know this kind of URL");
            }
            return migrated(jdbcUrl, driver.getClass(), user, password);
        } catch (SQLException e) {
            throw new ControlStoreException("control store: open", e);
        }
    }

    /**
     * Opens a PostgreSQL database that is not ours to migrate, when it is first used.
     *
     * @throws ControlStoreException when no pool can be made
     */
    public static AgroalDataSource unmigrated(String jdbcUrl, String user, String password) {
        try {
            return pool(jdbcUrl, org.postgresql.Driver.class, user, password);
        } catch (SQLException e) {
            throw new ControlStoreException("database: open", e);
        }
    }

    private static AgroalDataSource pool(String jdbcUrl, Class<? extends Driver> driver, String user, String password)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(MOST_CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)
                                .connectionProviderClass(driver)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password)))));
    }

    private static AgroalDataSource migrated(
            String jdbcUrl, Class<? extends Driver> driver, String user, String password) throws SQLException {
        AgroalDataSource pool = pool(jdbcUrl, driver, user, password);
        try {
            // The class loader of this class: under the node's launcher the thread's own may see no resources.
            Flyway.configure(ControlPool.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
            return pool;
        } catch (FlywayException e) {
            pool.close();
            throw new ControlStoreException("control store: migrate", e);
        }
    }
}
