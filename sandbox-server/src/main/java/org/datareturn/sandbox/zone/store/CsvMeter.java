package org.datareturn.sandbox.zone.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts bytes and records of a CSV as it streams by, and digests it. Not thread-safe. */
final class CsvMeter {
    private final MessageDigest sha256 = sha256();
    private long bytes;
    private long records;
    private boolean quoted;
    private boolean inRecord;

    void update(byte[] buffer, int offset, int length) {
        sha256.update(buffer, offset, length);
        bytes += length;
        for (int i = offset; i < offset + length; i++) {
            switch (buffer[i]) {
                // A doubled quote toggles twice, so an escaped quote leaves the state as it was.
                case '"' -> {
                    quoted = !quoted;
                    inRecord = true;
                }
                case '\n' -> {
                    if (quoted) {
                        break;
                    }
                    records += inRecord ? 1 : 0;
                    inRecord = false;
                }
                case '\r' -> {}
                default -> inRecord = true;
            }
        }
    }

    /** What the table is, once all of it has passed. */
    EditionManifest.Table finish(String table) {
        long all = records + (inRecord ? 1 : 0);
        return new EditionManifest.Table(
                table, Math.max(0, all - 1), bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
