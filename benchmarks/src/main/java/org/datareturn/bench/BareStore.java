package org.datareturn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The baseline of batches: RocksDB's own multi-get on the files of the registry that answers, with the keys of the same
 * subjects, in chunks of the same size, from one thread, and nothing else. Options as the node reads with.
 */
final class BareStore {
    private static final int CHUNK = 1024;

    private BareStore() {}

    /** Keys a second, every record of a registry once, in random order. */
    static double multiGet(Path registry) throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        BlockBasedTableConfig table = new BlockBasedTableConfig();
        table.setNoBlockCache(true);
        try (Options options =
                        new Options().setTableFormatConfig(table).setCompressionType(CompressionType.NO_COMPRESSION);
                RocksDB records =
                        RocksDB.openReadOnly(options, recordsOf(registry).toString())) {
            List<byte[]> keys = new ArrayList<>();
            try (RocksIterator each = records.newIterator()) {
                for (each.seekToFirst(); each.isValid(); each.next()) {
                    keys.add(each.key());
                }
            }
            Collections.shuffle(keys, new java.security.SecureRandom());
            read(records, keys);
            long begun = System.nanoTime();
            read(records, keys);
            return keys.size() * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
        }
    }

    private static void read(RocksDB records, List<byte[]> keys) throws RocksDBException, IOException {
        for (int from = 0; from < keys.size(); from += CHUNK) {
            List<byte[]> found = records.multiGetAsList(keys.subList(from, Math.min(from + CHUNK, keys.size())));
            for (byte[] value : found) {
                if (value == null) {
                    throw new IOException("a record of the registry is gone");
                }
            }
        }
    }

    private static Path recordsOf(Path registry) throws IOException {
        try (Stream<Path> folders = Files.walk(registry)) {
            return folders.filter(path -> path.endsWith("records") && Files.isDirectory(path))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no edition in " + registry));
        }
    }
}
