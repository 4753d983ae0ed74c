package org.datareturn.verifier.privatecheck;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.datareturn.verifier.oprf.KeyPair;
import org.datareturn.verifier.oprf.Mode;
import org.datareturn.verifier.oprf.OprfException;

/**
 * The keys of all scopes, derived from one secret of the node (HKDF-SHA-256, RFC 5869, then DeriveKeyPair of RFC 9497):
 * every server that holds the secret has them, and none is stored. Whoever learns one scope's key learns nothing of
 * another's. Immutable and thread-safe.
 */
public final class EpochKeys {
    /** Least length of the node's secret. */
    public static final int MIN_SECRET_BYTES = 32;

    private static final byte[] SALT = "datareturn private check epoch keys v1".getBytes(StandardCharsets.US_ASCII);

    private final SecretKey extracted;

    /**
     * The keys under one secret.
     *
     * @param nodeSecret at least 32 random bytes used for nothing else
     */
    public EpochKeys(byte[] nodeSecret) {
        if (nodeSecret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the node's secret must have ≥ " + MIN_SECRET_BYTES + " bytes, had " + nodeSecret.length);
        }
        try {
            this.extracted = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "Generic",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(new SecretKeySpec(nodeSecret, "Generic"))
                                    .addSalt(SALT)
                                    .extractOnly());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has HKDF-SHA256", e);
        }
    }

    /** The key of a scope; the same whenever it is asked for. */
    KeyPair of(EpochScope scope) {
        byte[] info = scope.framed();
        try {
            byte[] seed = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(extracted, info, KeyPair.SEED_BYTES));
            return KeyPair.derive(Mode.VOPRF, seed, info);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has HKDF-SHA256", e);
        } catch (OprfException e) {
            throw new IllegalStateException("256 tries at a key failed, which is 2⁻⁸⁰⁰⁰ likely", e);
        }
    }
}
