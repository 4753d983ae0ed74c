package org.datareturn.sandbox.keys;

import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * A pseudo-random function (HMAC-SHA-256 under a key of the ring): without the key its values tell nothing about the
 * input and cannot be found by trying inputs. The parts of an input are length-prefixed, so no two different lists of
 * parts give the same input. Thread-safe.
 */
public final class KeyedFunction {
    /** Length of every value, bytes. */
    public static final int BYTES = 32;

    private final PrfSet prf;

    KeyedFunction(PrfSet prf) {
        this.prf = prf;
    }

    /** The function's value, {@value #BYTES} bytes. */
    public byte[] of(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer input = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            input.putInt(part.length).put(part);
        }
        try {
            return prf.computePrimary(input.array(), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 of " + BYTES + " bytes is always possible", e);
        }
    }

    /** The function's value over UTF-8 parts, as 64 lower-case hexadecimal digits. */
    public String hexOf(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return HexFormat.of().formatHex(of(bytes));
    }
}
