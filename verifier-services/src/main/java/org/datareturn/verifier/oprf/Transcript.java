package org.datareturn.verifier.oprf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes a hash of RFC 9497 takes: parts behind their lengths in two bytes, and plain words. */
final class Transcript {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /** A part of at most 65,535 bytes behind its length. */
    Transcript part(byte[] part) {
        number(part.length);
        bytes.writeBytes(part);
        return this;
    }

    /** A number in two bytes. */
    Transcript number(int number) {
        if (number < 0 || number > 0xFFFF) {
            throw new IllegalArgumentException("must fit two bytes: " + number);
        }
        bytes.write(number >>> 8);
        bytes.write(number);
        return this;
    }

    Transcript word(String word) {
        bytes.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
