package org.datareturn.guard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A journal in memory that can be told to fail. */
final class ListJournal implements Journal {
    private final List<byte[]> entries = new ArrayList<>();
    private boolean full;

    /** From now on nothing can be written, or can again. */
    void full(boolean full) {
        this.full = full;
    }

    @Override
    public void append(byte[] entry) throws IOException {
        if (full) {
            throw new IOException("full");
        }
        entries.add(entry.clone());
    }

    @Override
    public void replay(Consumer<byte[]> reader) {
        List.copyOf(entries).forEach(reader);
    }
}
