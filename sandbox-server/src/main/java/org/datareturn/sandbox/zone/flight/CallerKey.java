package org.datareturn.sandbox.zone.flight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * A fingerprint (SHA-256 over length-prefixed parts) of wire credentials, alone or with the session they state. Handles
 * are bound to the latter, call counts to the former. It is not an identity: it only tells two callers apart.
 *
 * @param hex the digest
 */
record CallerKey(String hex) {
    /** The caller, whatever session it states. */
    static CallerKey of(WireCredentials who) {
        MessageDigest digest = sha256();
        for (X509Certificate certificate : who.certificates()) {
            try {
                add(digest, certificate.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate TLS has verified cannot be encoded", e);
            }
        }
        digest.update((byte) (who.bearerToken().isPresent() ? 1 : 0));
        add(digest, who.bearerToken().orElse("").getBytes(StandardCharsets.UTF_8));
        return new CallerKey(HexFormat.of().formatHex(digest.digest()));
    }

    /** This caller in one session. */
    CallerKey in(ZoneSession session) {
        MessageDigest digest = sha256();
        for (String part : new String[] {hex, session.grantId(), session.zone(), session.purpose(), session.region()}) {
            add(digest, part.getBytes(StandardCharsets.UTF_8));
        }
        return new CallerKey(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
