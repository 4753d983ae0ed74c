package org.datareturn.sandbox.keys;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key (RFC 8032) that signs and shows its public half only. Thread-safe. */
public final class SigningKey {
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private SigningKey(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key in PKCS#8 (RFC 8410).
     *
     * @throws GeneralSecurityException when the bytes are no Ed25519 key
     */
    static SigningKey ofPkcs8(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key holds no private bytes"));
        return new SigningKey(key, Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey());
    }

    /** Signs a message: 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (SignatureException e) {
            throw new IllegalStateException("an initialised Ed25519 signature cannot fail", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    /** The public key, 32 bytes as in RFC 8032; a fresh copy. */
    public byte[] publicKey() {
        return publicKey.clone();
    }
}
