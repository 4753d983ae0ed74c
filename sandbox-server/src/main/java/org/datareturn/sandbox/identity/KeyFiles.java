package org.datareturn.sandbox.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/**
 * Files of keys and certificates. A file is written beside its place under its final mode, forced to disk, then moved
 * there: nobody sees half of one, and a private one is never readable by others, not even for a moment.
 */
final class KeyFiles {
    private KeyFiles() {}

    /** Who may read a file. */
    enum Audience {
        /** Its owner only: mode 0600. */
        OWNER("rw-------"),
        /** Everybody: mode 0644. */
        EVERYBODY("rw-r--r--");

        private final String mode;

        Audience(String mode) {
            this.mode = mode;
        }

        private FileAttribute<Set<PosixFilePermission>> attribute() {
            return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
        }
    }

    /** Makes a folder, with those above it, only its owner can look into; one that exists is left as it is. */
    static void privateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    static void write(Path file, byte[] content, Audience audience) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), audience.attribute())) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            // The process's umask may have taken bits away.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(audience.mode));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static void write(Path file, String content, Audience audience) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8), audience);
    }

    /** PEM (RFC 7468) of one DER structure. */
    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /**
     * The first DER structure of that label.
     *
     * @throws IllegalArgumentException when there is none
     */
    static byte[] der(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + label + " in the file");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
