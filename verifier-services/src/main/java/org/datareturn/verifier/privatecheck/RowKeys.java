package org.datareturn.verifier.privatecheck;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a value of the oblivious function is turned into, for one edition of a table: the label a row is found by, and the
 * key its answer is encrypted under (label-encrypted answers, as in labelled private set intersection). Without the value
 * both are random. Each edition derives others, so rows of two tables cannot be told to be about the same item. Immutable.
 */
public final class RowKeys {
    /** Bytes of a label. */
    public static final int LABEL_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final byte YES = 1;
    /** A key encrypts one message only, so the nonce need not differ. */
    private static final byte[] NONCE = new byte[12];

    /** Bytes of an encrypted answer: one, and the tag. */
    public static final int SEALED_BYTES = 1 + TAG_BITS / 8;

    private final byte[] label;
    private final SecretKeySpec key;

    private RowKeys(byte[] label, SecretKeySpec key) {
        this.label = label;
        this.key = key;
    }

    /**
     * Derives label and key (HKDF-Expand, RFC 5869).
     *
     * @param output a value of the oblivious function
     * @param edition the table's edition
     */
    public static RowKeys derive(byte[] output, byte[] edition) {
        try {
            byte[] derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(
                            new SecretKeySpec(output, "Generic"),
                            new Frame()
                                    .text("datareturn private row v1")
                                    .part(edition)
                                    .bytes(),
                            LABEL_BYTES + KEY_BYTES));
            return new RowKeys(
                    Arrays.copyOf(derived, LABEL_BYTES), new SecretKeySpec(derived, LABEL_BYTES, KEY_BYTES, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has HKDF-SHA256", e);
        }
    }

    /** The label, to be compared. */
    public ByteBuffer label() {
        return ByteBuffer.wrap(label).asReadOnlyBuffer();
    }

    /** The row that says yes: label and encrypted answer. */
    byte[] yesRow() {
        byte[] row = Arrays.copyOf(label, AnswerTable.ROW_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE);
            cipher.doFinal(new byte[] {YES}, 0, 1, row, LABEL_BYTES);
            return row;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has AES-GCM", e);
        }
    }

    /**
     * Opens an encrypted answer. What these keys do not open is a no, silently: a complaint would tell whoever spoiled the
     * row that it was looked for.
     *
     * @param sealed {@value #SEALED_BYTES} bytes
     */
    public PrivateAnswer open(byte[] sealed) {
        try {
            byte[] answer = cipher(Cipher.DECRYPT_MODE).doFinal(sealed);
            return answer.length == 1 && answer[0] == YES ? PrivateAnswer.YES : PrivateAnswer.NO;
        } catch (AEADBadTagException notOurs) {
            return PrivateAnswer.NO;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has AES-GCM", e);
        }
    }

    private Cipher cipher(int direction) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(direction, key, new GCMParameterSpec(TAG_BITS, NONCE));
        cipher.updateAAD("datareturn private answer v1".getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    @Override
    public String toString() {
        return "RowKeys";
    }
}
