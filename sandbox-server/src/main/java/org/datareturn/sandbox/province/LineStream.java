package org.datareturn.sandbox.province;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;

/** Lines as a UTF-8 stream, made as they are read: a table never stands in memory or on disk as a whole. */
final class LineStream extends InputStream {
    private final Iterator<String> lines;
    private byte[] line = {};
    private int at;

    LineStream(Iterator<String> lines) {
        this.lines = lines;
    }

    @Override
    public int read() {
        return more() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int given = 0;
        while (given < length && more()) {
            int n = Math.min(length - given, line.length - at);
            System.arraycopy(line, at, buffer, offset + given, n);
            at += n;
            given += n;
        }
        return given > 0 || length == 0 ? given : -1;
    }

    private boolean more() {
        if (at == line.length && lines.hasNext()) {
            line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return at < line.length;
    }
}
