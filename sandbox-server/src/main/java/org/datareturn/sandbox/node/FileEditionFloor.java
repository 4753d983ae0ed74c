package org.datareturn.sandbox.node;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.datareturn.sandbox.keys.DurableFiles;
import org.datareturn.sandbox.zone.store.EditionFloor;

/**
 * The highest edition of every zone, in a file beside the keys: whoever sets the data folder back to an older copy does
 * not set this back with it. Thread-safe.
 */
final class FileEditionFloor implements EditionFloor {
    private final Path file;
    private final Properties floors = new Properties();

    FileEditionFloor(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            floors.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public synchronized long of(String zone) {
        return Long.parseLong(floors.getProperty(zone, "0"));
    }

    @Override
    public synchronized void raise(String zone, long edition) {
        if (edition <= of(zone)) {
            return;
        }
        floors.setProperty(zone, Long.toString(edition));
        StringWriter text = new StringWriter();
        try {
            floors.store(text, null);
            DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Without this memory a replayed edition would go unnoticed: whoever asked must not go on.
            throw new UncheckedIOException(e);
        }
    }
}
