package org.datareturn.sandbox.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text of the commitment letter (公共数据规范使用承诺书, SD-3 Appendix B, eight clauses). Whoever accepts it accepts these
 * very bytes: the digest is kept with the application.
 *
 * @param version its version
 * @param text its text
 */
public record CommitmentText(String version, String text) {
    private static final String RESOURCE = "commitment.txt";

    /** The text in force. */
    public static CommitmentText current() {
        try (InputStream in = CommitmentText.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            return new CommitmentText("SD-3-B/1", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the text's UTF-8 bytes, lower-case hexadecimal. */
    public String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
