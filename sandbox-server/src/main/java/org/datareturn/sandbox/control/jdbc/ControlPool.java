package org.datareturn.sandbox.control.jdbc;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
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
        Class<? extends Driver> driver =
                jdbcUrl.startsWith("jdbc:h2:") ? org.h2.Driver.class : org.postgresql.Driver.class;
        AgroalDataSource pool;
        try {
            pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(connections -> connections
                            .maxSize(MOST_CONNECTIONS)
                            .acquisitionTimeout(PATIENCE)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)
                                    .connectionProviderClass(driver)
                                    .principal(new NamePrincipal(user))
                                    .credential(new SimplePassword(password)))));
        } catch (SQLException e) {
            throw new ControlStoreException("control store: open", e);
        }
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
