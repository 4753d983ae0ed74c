package org.datareturn.verifier.privatecheck;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Several parts as one byte string that only they make: each behind its length in four bytes. */
final class Frame {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

    Frame text(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    Frame number(long number) {
        return part(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Frame part(byte[] part) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    byte[] digest() {
        return sha256().digest(bytes());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
