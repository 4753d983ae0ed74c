package org.datareturn.sandbox.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key (RFC 8032) that signs and shows its public half only. Bouncy Castle signs, because every group of entries
 * the ledger commits waits for one signature, and the JDK's takes several times as long. Thread-safe.
 */
public final class SigningKey {
    private final Ed25519PrivateKeyParameters privateKey;
    private final byte[] publicKey;

    private SigningKey(Ed25519PrivateKeyParameters privateKey) {
        this.privateKey = privateKey;
        this.publicKey = privateKey.generatePublicKey().getEncoded();
    }

    /**
     * Reads a key in PKCS#8 (RFC 8410).
     *
     * @throws GeneralSecurityException when the bytes are no Ed25519 key
     */
    static SigningKey ofPkcs8(byte[] pkcs8) throws GeneralSecurityException {
        EdECPrivateKey key =
                (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("the key holds no private bytes"));
        return new SigningKey(new Ed25519PrivateKeyParameters(seed));
    }

    /** Signs a message: 64 bytes. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        privateKey.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The public key, 32 bytes as in RFC 8032; a fresh copy. */
    public byte[] publicKey() {
        return publicKey.clone();
    }
}
