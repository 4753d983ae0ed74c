package org.datareturn.verifier.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datareturn.verifier.privatecheck.AnswerTable;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.privatecheck.RowKeys;
import org.datareturn.verifier.reason.VerifierReason;

/** Reads a downloaded table once, in memory that does not grow with it, and holds it to its announcement. */
final class TableReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final PublishedEpoch epoch;

    TableReader(PublishedEpoch epoch) {
        this.epoch = epoch;
    }

    /** The answers in the order of the wanted rows. */
    List<PrivateAnswer> answers(List<RowKeys> wanted, InputStream table) throws PrivateCheckException, IOException {
        Map<ByteBuffer, RowKeys> byLabel = new HashMap<>();
        wanted.forEach(row -> byLabel.put(row.label(), row));
        Map<ByteBuffer, PrivateAnswer> found = new HashMap<>();
        DigestInputStream in = new DigestInputStream(new BufferedInputStream(table, BUFFER_BYTES), sha256());
        try {
            requireAnnounced(Arrays.equals(in.readNBytes(AnswerTable.tag().length), AnswerTable.tag()));
            requireAnnounced(Arrays.equals(in.readNBytes(AnswerTable.EDITION_BYTES), epoch.edition()));
            requireAnnounced(ByteBuffer.wrap(readFully(in, Long.BYTES)).getLong() == epoch.rows());
            for (long row = 0; row < epoch.rows(); row++) {
                byte[] bytes = readFully(in, AnswerTable.ROW_BYTES);
                ByteBuffer label = ByteBuffer.wrap(bytes, 0, RowKeys.LABEL_BYTES);
                RowKeys keys = byLabel.get(label);
                if (keys != null) {
                    found.put(
                            keys.label(),
                            keys.open(Arrays.copyOfRange(bytes, RowKeys.LABEL_BYTES, AnswerTable.ROW_BYTES)));
                }
            }
        } catch (EOFException cutShort) {
            PrivateCheckException refused = new PrivateCheckException(VerifierReason.PRIVATE_TABLE_NOT_ANNOUNCED);
            refused.initCause(cutShort);
            throw refused;
        }
        requireAnnounced(in.read() < 0);
        requireAnnounced(MessageDigest.isEqual(in.getMessageDigest().digest(), epoch.tableDigest()));
        return wanted.stream()
                .map(row -> found.getOrDefault(row.label(), PrivateAnswer.NO))
                .toList();
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void requireAnnounced(boolean holds) throws PrivateCheckException {
        if (!holds) {
            throw new PrivateCheckException(VerifierReason.PRIVATE_TABLE_NOT_ANNOUNCED);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
