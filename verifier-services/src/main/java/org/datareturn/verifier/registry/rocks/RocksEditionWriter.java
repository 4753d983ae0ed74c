package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.RecordValue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes an edition as one sorted table and hands it to RocksDB whole: no write-ahead log, no memtable, no compaction.
 * For one thread.
 */
final class RocksEditionWriter implements EditionWriter {
    private final DraftPlace home;
    private final Path folder;
    private final Path scratch;
    private final EditionOrigin origin;
    private final RecordTokens tokens;
    private final EnvOptions environment = new EnvOptions();
    private final Options options = RocksFormat.options();
    private final SstFileWriter table;
    private @Nullable RecordKey last;
    private long records;
    private boolean closed;
    private boolean finished;

    RocksEditionWriter(DraftPlace home, Path folder, EditionOrigin origin, RecordTokens tokens) throws IOException {
        this.home = home;
        this.folder = folder;
        this.scratch = Files.createDirectories(folder.resolve("scratch"));
        this.origin = origin;
        this.tokens = tokens;
        this.table = new SstFileWriter(environment, options);
        try {
            table.open(tableFile().toString());
        } catch (RocksDBException e) {
            closeNative();
            throw new IOException("a table cannot be begun in " + folder, e);
        }
    }

    private Path tableFile() {
        return scratch.resolve("records.sst");
    }

    @Override
    public RecordTokens tokens() {
        return tokens;
    }

    @Override
    public Path scratch() {
        return scratch;
    }

    @Override
    public void append(RecordKey key, RecordValue value) throws IOException {
        if (last != null && key.compareTo(last) <= 0) {
            throw new IOException("record keys must ascend");
        }
        try {
            table.put(key.bytes(), value.bytes());
        } catch (RocksDBException e) {
            throw new IOException("a record cannot be written", e);
        }
        last = key;
        records++;
    }

    @Override
    public DraftEdition finish() throws IOException {
        if (records == 0) {
            throw new IOException("an edition without records would answer no to everybody");
        }
        try {
            table.finish();
            try (RocksDB db = RocksDB.open(
                            options, folder.resolve(RocksEdition.RECORDS).toString());
                    IngestExternalFileOptions moving = new IngestExternalFileOptions().setMoveFiles(true)) {
                db.ingestExternalFile(List.of(tableFile().toString()), moving);
            }
        } catch (RocksDBException e) {
            throw new IOException("the edition's table cannot be finished", e);
        }
        Folders.delete(scratch);
        Edition edition = home.describe(origin, records, tokens.keyId());
        EditionFile.write(folder, home.schema(), edition, tokens);
        Folders.force(folder);
        finished = true;
        return home.draft(folder, edition);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        closeNative();
        if (!finished) {
            home.dropDraft(folder);
        }
    }

    private void closeNative() {
        table.close();
        options.close();
        environment.close();
    }
}
