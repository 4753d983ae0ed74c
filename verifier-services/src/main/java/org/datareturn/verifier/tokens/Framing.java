package org.datareturn.verifier.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Several texts as one byte string that only they make: each in UTF-8 behind its length in four bytes. */
final class Framing {
    private static final byte[] NOTHING = {};

    private Framing() {}

    static byte[] of(List<String> parts) {
        return of(NOTHING, parts);
    }

    /** @param begun texts that are framed already */
    static byte[] of(byte[] begun, List<String> parts) {
        // Several times a call: so the bytes are put where they belong at once.
        byte[][] texts = new byte[parts.size()][];
        int length = begun.length;
        for (int i = 0; i < texts.length; i++) {
            texts[i] = parts.get(i).getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + texts[i].length;
        }
        ByteBuffer framed = ByteBuffer.allocate(length).put(begun);
        for (byte[] text : texts) {
            framed.putInt(text.length).put(text);
        }
        return framed.array();
    }
}
