package org.datareturn.sandbox.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** The ring's files: {@code master.json}, one encrypted keyset a use, and the encrypted signing key. */
final class KeyFolder {
    static final String MASTER = "master.json";
    static final String SIGNING = "ledger-signing.pk8.enc";

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path folder;
    private final Map<KeyRing.Use, KeysetHandle> keysets = new EnumMap<>(KeyRing.Use.class);
    private @Nullable SigningKey signingKey;

    KeyFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    void requireApartFrom(Path dataFolder) throws KeyRingException {
        Path keys = real(folder);
        Path data = real(dataFolder.toAbsolutePath().normalize());
        if (keys.startsWith(data) || data.startsWith(keys)) {
            throw new KeyRingException(Refusal.of(KeyReason.KEYS_NOT_APART, folder.toString(), dataFolder.toString()));
        }
    }

    // Symbolic links are followed as far as the path exists, so that a link cannot put the keys beside the data.
    private static Path real(Path path) throws KeyRingException {
        Path existing = path;
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return path;
            }
            existing = parent;
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(path)).normalize();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    boolean isEmpty() throws KeyRingException {
        return !hasContent(folder);
    }

    static boolean hasContent(Path folder) throws KeyRingException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Makes the whole ring beside its place and renames it there, so that there is never half a ring. */
    void create() throws KeyRingException {
        try {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IOException("the file system's root cannot hold keys");
            }
            DurableFiles.makeFolder(parent);
            Path beside = Files.createTempDirectory(
                    parent,
                    folder.getFileName() + ".new-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            KeysetHandle master = KeyRing.generate(PredefinedAeadParameters.AES256_GCM);
            Aead masterKey = KeyRing.primitiveOf(master, Aead.class);
            for (KeyRing.Use use : KeyRing.Use.values()) {
                String keyset = KeyRing.seal(KeyRing.generate(use.parameters()), masterKey, tag(use.fileName()));
                DurableFiles.write(beside.resolve(use.fileName()), keyset.getBytes(StandardCharsets.UTF_8));
            }
            byte[] pkcs8 = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            DurableFiles.write(beside.resolve(SIGNING), masterKey.encrypt(pkcs8, tag(SIGNING)));
            Arrays.fill(pkcs8, (byte) 0);
            DurableFiles.write(beside.resolve(MASTER), KeyRing.clear(master).getBytes(StandardCharsets.UTF_8));
            moveIntoPlace(beside, parent);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys of the predefined kinds can always be made", e);
        }
    }

    private void moveIntoPlace(Path beside, Path parent) throws IOException {
        try {
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // Another process made the ring meanwhile: that one counts, and this one's keys are thrown away.
            try (Stream<Path> files = Files.list(beside)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(beside);
        }
        DurableFiles.forceFolder(parent);
    }

    void load() throws KeyRingException {
        requirePrivate(folder);
        Aead masterKey;
        try {
            masterKey = KeyRing.primitiveOf(
                    KeyRing.readClear(new String(read(MASTER), StandardCharsets.UTF_8)), Aead.class);
        } catch (GeneralSecurityException e) {
            throw damaged(MASTER, e);
        }
        for (KeyRing.Use use : KeyRing.Use.values()) {
            byte[] keyset = read(use.fileName());
            try {
                keysets.put(
                        use,
                        KeyRing.unseal(new String(keyset, StandardCharsets.UTF_8), masterKey, tag(use.fileName())));
            } catch (GeneralSecurityException e) {
                throw damaged(use.fileName(), e);
            }
        }
        byte[] signing = read(SIGNING);
        try {
            byte[] pkcs8 = masterKey.decrypt(signing, tag(SIGNING));
            signingKey = SigningKey.ofPkcs8(pkcs8);
            Arrays.fill(pkcs8, (byte) 0);
        } catch (GeneralSecurityException e) {
            throw damaged(SIGNING, e);
        }
    }

    KeysetHandle keyset(KeyRing.Use use) throws KeyRingException {
        KeysetHandle handle = keysets.get(use);
        if (handle == null) {
            throw new KeyRingException(Refusal.of(KeyReason.KEYS_MISSING, use.fileName()));
        }
        return handle;
    }

    <P> P primitive(KeyRing.Use use, Class<P> type) throws KeyRingException {
        try {
            return KeyRing.primitiveOf(keyset(use), type);
        } catch (GeneralSecurityException e) {
            throw damaged(use.fileName(), e);
        }
    }

    SigningKey signingKey() throws KeyRingException {
        if (signingKey == null) {
            throw new KeyRingException(Refusal.of(KeyReason.KEYS_MISSING, SIGNING));
        }
        return signingKey;
    }

    private byte[] read(String name) throws KeyRingException {
        Path file = folder.resolve(name);
        try {
            byte[] content = Files.readAllBytes(file);
            requirePrivate(file);
            return content;
        } catch (NoSuchFileException e) {
            throw new KeyRingException(Refusal.of(KeyReason.KEYS_MISSING, file.toString()), e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void requirePrivate(Path path) throws KeyRingException {
        try {
            if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
                throw new KeyRingException(Refusal.of(KeyReason.KEYS_READABLE_BY_OTHERS, path.toString()));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    // The file's name is bound to its content, so that one keyset cannot be put in another's place.
    private static byte[] tag(String fileName) {
        return ("datareturn.org/keys/v1/" + fileName).getBytes(StandardCharsets.UTF_8);
    }

    private KeyRingException damaged(String name, GeneralSecurityException cause) {
        return new KeyRingException(
                Refusal.of(KeyReason.KEYS_DAMAGED, folder.resolve(name).toString()), cause);
    }

    private static KeyRingException unreadable(IOException cause) {
        return new KeyRingException(Refusal.of(KeyReason.KEYS_UNREADABLE, cause.toString()), cause);
    }
}
