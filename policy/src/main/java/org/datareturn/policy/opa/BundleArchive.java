package org.datareturn.policy.opa;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads the gzipped tar (POSIX ustar) that {@code opa build} writes: plain files under short names, nothing else. An
 * archive with anything else, with a name twice, or larger than {@link #MAX_BYTES} unpacked is refused.
 */
final class BundleArchive {
    /** Largest archive, unpacked. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_OFFSET = 156;

    private BundleArchive() {}

    /** The files by name, names without a leading slash. */
    static Map<String, byte[]> files(byte[] gzipped) throws PolicyBundleException {
        byte[] tar = unpack(gzipped);
        Map<String, byte[]> files = new HashMap<>();
        int at = 0;
        while (at + BLOCK <= tar.length && tar[at] != 0) {
            int type = tar[at + TYPE_OFFSET];
            if (type != '0' && type != 0) {
                throw new PolicyBundleException("the bundle holds something that is not a plain file");
            }
            String name = text(tar, at, NAME_LENGTH);
            int size = octal(text(tar, at + SIZE_OFFSET, SIZE_LENGTH));
            int start = at + BLOCK;
            if (size > tar.length - start) {
                throw new PolicyBundleException("the bundle is cut off in " + name);
            }
            String plain = name.startsWith("/") ? name.substring(1) : name;
            if (files.put(plain, Arrays.copyOfRange(tar, start, start + size)) != null) {
                throw new PolicyBundleException("the bundle holds " + plain + " twice");
            }
            at = start + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return files;
    }

    private static byte[] unpack(byte[] gzipped) throws PolicyBundleException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            byte[] tar = in.readNBytes(MAX_BYTES + 1);
            if (tar.length > MAX_BYTES) {
                throw new PolicyBundleException("the bundle is larger than " + MAX_BYTES + " bytes unpacked");
            }
            return tar;
        } catch (IOException e) {
            throw new PolicyBundleException("the bundle is not a gzipped archive", e);
        }
    }

    private static String text(byte[] tar, int offset, int length) {
        int end = offset;
        while (end < offset + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static int octal(String digits) throws PolicyBundleException {
        try {
            int size = Integer.parseInt(digits.strip(), 8);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new PolicyBundleException("the bundle states a size that is no octal number", e);
        }
        throw new PolicyBundleException("the bundle states a negative size");
    }
}
