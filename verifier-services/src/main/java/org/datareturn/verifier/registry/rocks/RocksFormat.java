package org.datareturn.verifier.registry.rocks;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * How RocksDB files of a registry are laid out. An edition is one sorted table: every lookup, of a subject that is there
 * or not, walks the index in memory and reads exactly one block. There is deliberately no bloom filter: it would answer
 * for absent subjects without reading a block, and so let latency tell "no record" from "does not match". No compression
 * either: tokens are random bytes.
 */
final class RocksFormat {
    private static final int BLOCK_BYTES = 4096;

    static {
        RocksDB.loadLibrary();
    }

    private RocksFormat() {}

    /** Options for building and reading; the caller closes them. */
    static Options options() {
        BlockBasedTableConfig table = new BlockBasedTableConfig();
        table.setBlockSize(BLOCK_BYTES);
        table.setChecksumType(ChecksumType.kXXH3);
        table.setFormatVersion(5);
        // Sixteen entries of the index behind one restart point: the points of 20 million entries then stay in the
        // processor's
        // cache, where one point an entry would miss it at every step of the search (decision 025).
        table.setIndexBlockRestartInterval(16);
        // No cache of blocks: a warm block would make a repeated question faster than a first one.
        table.setNoBlockCache(true);
        return new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1);
    }
}
