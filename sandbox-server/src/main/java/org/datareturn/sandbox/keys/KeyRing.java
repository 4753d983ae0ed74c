package org.datareturn.sandbox.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.datareturn.policy.Refusal;

/**
 * All keys of one node. Each use has a key of its own, so that one leaked key opens one kind of thing. The ring lies in
 * a folder apart from the data: keysets and the ledger's signing key encrypted under the master key in {@code
 * master.json}. That master key file is meant for development and single machines; a KMS takes its place elsewhere.
 *
 * <p>A ring is made once, when neither keys nor data exist. Afterwards it is only ever loaded: a missing or damaged key
 * stops the start, because fresh keys would make the data unreadable and the ledger's history unverifiable without
 * anybody having said so. Immutable; thread-safe.
 */
public final class KeyRing {
    /** What a key of the ring is for. */
    enum Use {
        ZONE_FILES(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB),
        JOURNAL(PredefinedAeadParameters.AES256_GCM),
        RECORDS(PredefinedAeadParameters.AES256_GCM),
        REGISTRY_TOKENS(PredefinedPrfParameters.HMAC_SHA256_PRF),
        WATERMARK(PredefinedPrfParameters.HMAC_SHA256_PRF),
        REQUEST_DIGESTS(PredefinedPrfParameters.HMAC_SHA256_PRF),
        DERIVED_SECRETS(PredefinedPrfParameters.HKDF_SHA256);

        private final Parameters parameters;

        Use(Parameters parameters) {
            this.parameters = parameters;
        }

        Parameters parameters() {
            return parameters;
        }

        String fileName() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".json";
        }
    }

    private final StreamingAead zoneFiles;
    private final Aead journal;
    private final Aead records;
    private final KeysetHandle registryTokens;
    private final KeyedFunction watermark;
    private final KeyedFunction requestDigests;
    private final PrfSet derivedSecrets;
    private final SigningKey ledgerSigningKey;

    KeyRing(KeyFolder folder) throws KeyRingException {
        this.zoneFiles = folder.primitive(Use.ZONE_FILES, StreamingAead.class);
        this.journal = folder.primitive(Use.JOURNAL, Aead.class);
        this.records = folder.primitive(Use.RECORDS, Aead.class);
        this.registryTokens = folder.keyset(Use.REGISTRY_TOKENS);
        this.watermark = new KeyedFunction(folder.primitive(Use.WATERMARK, PrfSet.class));
        this.requestDigests = new KeyedFunction(folder.primitive(Use.REQUEST_DIGESTS, PrfSet.class));
        this.derivedSecrets = folder.primitive(Use.DERIVED_SECRETS, PrfSet.class);
        this.ledgerSigningKey = folder.signingKey();
    }

    /**
     * Opens the ring, making it when neither it nor any data exist. Call this before anything writes to the data
     * folder.
     *
     * @param keysFolder where the keys lie; mode 0700
     * @param dataFolder where the node's data lie; neither folder may contain the other
     * @throws KeyRingException when the ring is missing although data exist, is damaged, incomplete, readable by others
     *     or not apart from the data; the server must not start then
     */
    public static KeyRing open(Path keysFolder, Path dataFolder) throws KeyRingException {
        registerTink();
        KeyFolder folder = new KeyFolder(keysFolder);
        folder.requireApartFrom(dataFolder);
        if (folder.isEmpty()) {
            if (KeyFolder.hasContent(dataFolder)) {
                throw new KeyRingException(Refusal.of(KeyReason.KEYS_MISSING, keysFolder.toString()));
            }
            folder.create();
        }
        folder.load();
        return new KeyRing(folder);
    }

    private static void registerTink() {
        try {
            AeadConfig.register();
            StreamingAeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink's own configuration must load", e);
        }
    }

    static KeysetHandle generate(Parameters parameters) throws GeneralSecurityException {
        return KeysetHandle.generateNew(parameters, RegistryConfiguration.get());
    }

    static String clear(KeysetHandle master) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                master, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    }

    static KeysetHandle readClear(String json) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    }

    static String seal(KeysetHandle keyset, Aead masterKey, byte[] tag) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keyset, masterKey, tag, RegistryConfiguration.get());
    }

    static KeysetHandle unseal(String json, Aead masterKey, byte[] tag) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, masterKey, tag, RegistryConfiguration.get());
    }

    static <P> P primitiveOf(KeysetHandle handle, Class<P> type) throws GeneralSecurityException {
        return handle.getPrimitive(RegistryConfiguration.get(), type);
    }

    /** Encrypts the files of data zones (AES-256-GCM-HKDF, 1 MB segments); the associated data name zone and file. */
    public StreamingAead zoneFiles() {
        return zoneFiles;
    }

    /** Encrypts the ledger's journal (AES-256-GCM). */
    public Aead journal() {
        return journal;
    }

    /** Encrypts other records at rest, such as archived releases (AES-256-GCM). */
    public Aead records() {
        return records;
    }

    /**
     * PRF keys that turn registry entries into tokens that say nothing without them. The keyset itself, because an
     * edition of a registry is read under the very key it was made with; a handle gives no key bytes out.
     */
    public KeysetHandle registryTokens() {
        return registryTokens;
    }

    /** Chooses watermark offsets. */
    public KeyedFunction watermark() {
        return watermark;
    }

    /** Digests requests for the ledger, so that low-entropy requests cannot be guessed from it. */
    public KeyedFunction requestDigests() {
        return requestDigests;
    }

    /** Signs the ledger's checkpoints. */
    public SigningKey ledgerSigningKey() {
        return ledgerSigningKey;
    }

    /**
     * Key bytes for a library that must hold its own key: HKDF-SHA-256 of the label, the same for every start.
     *
     * @param access shows that key bytes are meant to leave the ring
     * @param label names the one use of these bytes
     * @param length 16 to 255 bytes
     */
    public byte[] deriveSecret(KeyBytesAccess access, String label, int length) {
        java.util.Objects.requireNonNull(access, "access");
        if (length < 16 || length > 255) {
            throw new IllegalArgumentException("a derived secret has 16 to 255 bytes, was " + length);
        }
        try {
            return derivedSecrets.computePrimary(label.getBytes(StandardCharsets.UTF_8), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA-256 of " + length + " bytes is always possible", e);
        }
    }
}
