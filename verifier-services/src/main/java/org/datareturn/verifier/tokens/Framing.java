package org.datareturn.verifier.tokens;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Several texts as one byte string that only they make: each in UTF-8 behind its length in four bytes. */
final class Framing {
    private Framing() {}

    static byte[] of(List<String> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        for (String part : parts) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            out.writeBytes(text);
        }
        return out.toByteArray();
    }
}
