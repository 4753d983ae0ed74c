package org.datareturn.verifier.privatecheck;

import java.util.HexFormat;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.oprf.Element;

/**
 * What is announced of an epoch: the same for every client, its digest in the public log, so that nobody can be given a key
 * or a table of his own. A client takes it from where it can verify that.
 *
 * @param product the product its table answers
 * @param scope what the key is for
 * @param publicKey the key proofs are verified against
 * @param editionHex 16 random bytes of the table, part of every label, in hexadecimal
 * @param rows rows of the table, padding among them
 * @param tableDigestHex SHA-256 of the table as downloaded, in hexadecimal
 * @param source where the answers come from
 */
public record PublishedEpoch(
        String product,
        EpochScope scope,
        Element publicKey,
        String editionHex,
        long rows,
        String tableDigestHex,
        SourceAttribution source) {
    private static final int DIGEST_BYTES = 32;

    public PublishedEpoch {
        requireBytes("editionHex", editionHex, AnswerTable.EDITION_BYTES);
        requireBytes("tableDigestHex", tableDigestHex, DIGEST_BYTES);
        if (rows < 0) {
            throw new IllegalArgumentException("rows must be ≥ 0, was " + rows);
        }
    }

    private static void requireBytes(String what, String hex, int length) {
        if (HexFormat.of().parseHex(hex).length != length) {
            throw new IllegalArgumentException(what + " must have " + length + " bytes");
        }
    }

    /** The edition as the table says it. */
    public byte[] edition() {
        return HexFormat.of().parseHex(editionHex);
    }

    /** SHA-256 of the table as downloaded. */
    public byte[] tableDigest() {
        return HexFormat.of().parseHex(tableDigestHex);
    }

    /** SHA-256 over all of it: what the public log holds. */
    public byte[] digest() {
        return new Frame()
                .text("datareturn private epoch v1")
                .text(product)
                .part(scope.framed())
                .part(publicKey.encode())
                .part(edition())
                .number(rows)
                .part(tableDigest())
                .text(source.provider().zh())
                .text(source.provider().en())
                .text(source.source())
                .text(source.acquiredOn().toString())
                .text(source.edition())
                .digest();
    }
}
