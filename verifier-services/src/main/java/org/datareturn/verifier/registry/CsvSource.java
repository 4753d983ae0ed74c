package org.datareturn.verifier.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * CSV (RFC 4180, UTF-8 with or without a byte order mark) whose header names the columns, in any order; other columns are
 * not read.
 */
public final class CsvSource implements RowSource {
    private final Opener opener;
    private final Optional<Path> file;

    private CsvSource(Opener opener, Optional<Path> file) {
        this.opener = opener;
        this.file = file;
    }

    /** Opens CSV from its beginning. */
    @FunctionalInterface
    public interface Opener {
        /**
         * A fresh stream.
         *
         * @throws IOException when it cannot be read
         */
        InputStream open() throws IOException;
    }

    /** A file. */
    public static CsvSource of(Path file) {
        return new CsvSource(() -> Files.newInputStream(file), Optional.of(file));
    }

    /** What is made while it is read; a load of it cannot go on after it broke off. */
    public static CsvSource streamed(Opener opener) {
        return new CsvSource(opener, Optional.empty());
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        return file.isEmpty() ? Optional.empty() : Optional.of("csv " + ofFile(file.get()));
    }

    /**
     * What tells a file from another, and from itself once it was written again: place, length and time.
     *
     * @throws IOException when it is not there
     */
    public static String ofFile(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toInstant() + " " + file.toAbsolutePath();
    }

    @Override
    public SourceOpening open(List<String> columns, long skip) throws IOException {
        OptionalLong size = file.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Files.size(file.get()));
        return CsvRows.open(opener.open(), size, columns, skip);
    }
}
