package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * One edition's records, open for reading. Native memory must not be freed under a reader, so the edition counts who
 * holds it: the store itself, and each lease. Whoever lets go last closes it. Thread-safe.
 */
final class RocksEdition {
    static final String RECORDS = "records";

    private final Path folder;
    private final Edition edition;
    private final RecordTokens tokens;
    private final Options options;
    private final RocksDB records;
    private final int valueLength;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean superseded = new AtomicBoolean();

    private RocksEdition(
            Path folder, Edition edition, RecordTokens tokens, Options options, RocksDB records, int valueLength) {
        this.folder = folder;
        this.edition = edition;
        this.tokens = tokens;
        this.options = options;
        this.records = records;
        this.valueLength = valueLength;
    }

    /** Opens an edition; the caller holds it. */
    static RocksEdition open(Path folder, RegistrySchema schema, SubjectTokens keys) throws IOException {
        Edition edition = EditionFile.read(folder, schema, keys);
        RecordTokens tokens = keys.under(edition.keyId())
                .orElseThrow(() -> new IOException("the key " + edition.keyId() + " is not in the keyset"));
        Options options = RocksFormat.options();
        try {
            RocksDB records =
                    RocksDB.openReadOnly(options, folder.resolve(RECORDS).toString());
            return new RocksEdition(
                    folder,
                    edition,
                    tokens,
                    options,
                    records,
                    RecordValue.length(schema.facts().size()));
        } catch (RocksDBException e) {
            options.close();
            throw new IOException("the records of the edition " + folder + " cannot be opened", e);
        }
    }

    Edition edition() {
        return edition;
    }

    /** A lease, unless the edition was closed in the meantime. */
    Optional<Lease> lease() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return Optional.of(new RocksLease());
            }
            now = holders.get();
        }
        return Optional.empty();
    }

    /** The store lets go of it; its folder goes too when a newer edition has taken its place. */
    void letGo(boolean supersededByNewer) {
        superseded.set(supersededByNewer);
        release();
    }

    private void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        records.close();
        options.close();
        if (superseded.get()) {
            try {
                Folders.delete(folder);
            } catch (IOException | UncheckedIOException e) {
                // The edition no longer answers; what could not be deleted now is deleted when the store next opens.
                return;
            }
        }
    }

    /**
     * Seeks the first record at or after the key and looks whose it is. RocksDB's plain get is measurably slower for
     * absent keys than for present ones (by a quarter of the whole read); a seek ends on some record either way.
     */
    private Reading read(RecordKey key) {
        try (RocksIterator record = records.newIterator()) {
            return read(record, key);
        }
    }

    private Reading read(RocksIterator record, RecordKey key) {
        byte[] sought = key.bytes();
        try {
            record.seek(sought);
            if (!record.isValid()) {
                record.status();
                record.seekToFirst();
            }
            record.status();
            if (!record.isValid()) {
                return new Reading.Unreadable("the edition holds no record");
            }
            boolean sameKey = MessageDigest.isEqual(record.key(), sought);
            byte[] stored = record.value();
            if (stored.length != valueLength) {
                return new Reading.Unreadable("a record has " + stored.length + " bytes");
            }
            RecordValue value = RecordValue.read(stored);
            return sameKey ? new Reading.Present(value) : new Reading.Absent();
        } catch (RocksDBException e) {
            return new Reading.Unreadable("RocksDB: " + e.getMessage());
        }
    }

    /** In ascending order of the keys, by one iterator: each seek is short, and again the same for absent and present. */
    private List<Reading> readAll(List<RecordKey> keys) {
        Integer[] ascending = new Integer[keys.size()];
        Arrays.setAll(ascending, i -> i);
        Arrays.sort(ascending, Comparator.comparing(keys::get));
        Reading[] readings = new Reading[keys.size()];
        try (RocksIterator record = records.newIterator()) {
            for (int at : ascending) {
                readings[at] = read(record, keys.get(at));
            }
        }
        return List.of(readings);
    }

    private final class RocksLease implements Lease {
        private final AtomicBoolean open = new AtomicBoolean(true);

        @Override
        public Edition edition() {
            return edition;
        }

        @Override
        public RecordTokens tokens() {
            return tokens;
        }

        @Override
        public Reading read(RecordKey key) {
            return open.get() ? RocksEdition.this.read(key) : new Reading.Unreadable("the lease is closed");
        }

        @Override
        public List<Reading> readAll(List<RecordKey> keys) {
            return open.get() ? RocksEdition.this.readAll(keys) : Lease.super.readAll(keys);
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                release();
            }
        }
    }
}
