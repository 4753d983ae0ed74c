package org.datareturn.guard.load;

import java.io.IOException;
import java.io.InputStream;

/** The CSV text of one table: UTF-8, RFC 4180, a header line, the empty string for NULL. */
public interface CsvSource {
    /** A name for messages, such as a file's. */
    String name();

    /**
     * Opens the text from its beginning; the reader closes it.
     *
     * @throws IOException when it cannot be opened
     */
    InputStream open() throws IOException;
}
