package org.datareturn.guard;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Where a zone's memory of answers is kept. Entries tell which rows stood behind which answer: whoever keeps them
 * encrypts them. Used by one {@link AnswerMemory} at a time.
 */
public interface Journal {
    /**
     * Appends an entry; returns only when it is durable.
     *
     * @throws IOException when it is not; the answer is then refused
     */
    void append(byte[] entry) throws IOException;

    /**
     * Gives every entry, in the order appended.
     *
     * @throws IOException when they cannot all be read; the zone then does not open
     */
    void replay(Consumer<byte[]> reader) throws IOException;
}
