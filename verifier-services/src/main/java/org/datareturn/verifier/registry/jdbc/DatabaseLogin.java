package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * A database and who reads it.
 *
 * @param url {@code jdbc:…}, without user and password
 * @param user a role that may read what is named, and no more
 * @param password its password; empty where the server asks for none; never printed
 */
public record DatabaseLogin(String url, String user, String password) {
    public DatabaseLogin {
        if (!url.startsWith("jdbc:")) {
            throw new IllegalArgumentException("url must begin with jdbc:");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("password=") || lower.contains("user=")) {
            throw new IllegalArgumentException(
                    "url must name neither user nor password: they have entries of their own");
        }
    }

    /**
     * Reads a file with {@code url}, {@code user}, and {@code password} or {@code password-env}.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it says something unknown or too little, or others may read the password; the
     *     message quotes no value
     */
    public static DatabaseLogin read(Path file, Environment environment) throws IOException {
        return DeclarationFile.read(file, DeclarationFile.withLogin()).login(environment);
    }

    /** A new connection; PostgreSQL's driver is here, another's must be on the class path. */
    Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        if (!url.startsWith("jdbc:postgresql:")) {
            return DriverManager.getConnection(url, login);
        }
        // Named, because the drivers a class loader was not asked for are not found by their URL.
        Connection opened = new org.postgresql.Driver().connect(url, login);
        if (opened == null) {
            throw new SQLException("url is no address of a PostgreSQL database", "08001");
        }
        return opened;
    }

    /** Names the role only: the address may tell of the inside of a network. */
    @Override
    public String toString() {
        return "DatabaseLogin[" + user + "]";
    }
}
