package org.datareturn.sandbox.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.datareturn.sandbox.identity.DevelopmentIdentities.Identity;
import org.datareturn.sandbox.identity.KeyFiles.Audience;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The development authority of a node on its own machine: made on the first start, in a folder of its own, never checked
 * in. A node in service is given certificates and a signing key of a real authority instead.
 *
 * <p>The folder (mode 0700; private files 0600):
 *
 * <pre>
 * ca.crt.pem  ca.key.pem  ca.p12            the authority; ca.p12 is a trust store
 * server.crt.pem  server.key.pem  server.p12  for localhost, 127.0.0.1 and ::1
 * token-signing.jwk                         the key of bearer tokens
 * p12.password                              the random password of every .p12 here
 * operators/ALIAS/cert.pem key.pem identity.p12 token.jwt
 * </pre>
 */
public final class DevelopmentAuthority {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration LEAF_VALIDITY = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private final Path folder;
    private final Clock clock;
    private final CertificateAuthority authority;
    private final BearerTokens tokens;
    private final String password;

    private DevelopmentAuthority(
            Path folder, Clock clock, CertificateAuthority authority, BearerTokens tokens, String password) {
        this.folder = folder;
        this.clock = clock;
        this.authority = authority;
        this.tokens = tokens;
        this.password = password;
    }

    /**
     * Opens a folder, or makes it when it does not exist; issues what is missing or soon over, and fresh tokens.
     *
     * @param folder the authority's own folder
     * @param identities for whom certificates and tokens are issued
     * @param settings what tokens say
     * @throws IOException when a file cannot be written, is missing from a folder that exists, or cannot be understood
     */
    public static DevelopmentAuthority open(
            Path folder, List<Identity> identities, BearerTokens.Settings settings, Clock clock) throws IOException {
        try {
            if (!Files.exists(folder)) {
                make(folder, clock);
            }
            DevelopmentAuthority opened = read(folder, settings, clock);
            opened.issueServer();
            for (Identity identity : identities) {
                opened.issue(identity);
            }
            return opened;
        } catch (GeneralSecurityException | JoseException | IllegalArgumentException e) {
            throw new IOException("the development authority in " + folder + " cannot be used", e);
        }
    }

    /** Checks certificates this authority issued. */
    public CertificateIdentity certificates() {
        return new CertificateIdentity(authority.certificate(), clock);
    }

    /** Issues and checks the node's tokens. */
    public BearerTokens tokens() {
        return tokens;
    }

    /** The authority's own certificate: what clients trust, and what the server asks of client certificates. */
    public Path certificateFile() {
        return folder.resolve("ca.crt.pem");
    }

    /** The authority's certificate as a PKCS#12 trust store. */
    public Path trustStore() {
        return folder.resolve("ca.p12");
    }

    /** The server's certificate and key: {@code server.crt.pem}, {@code server.key.pem}, {@code server.p12}. */
    public Path serverFile(String extension) {
        return folder.resolve("server." + extension);
    }

    /** A file of an identity: {@code cert.pem}, {@code key.pem}, {@code identity.p12}, {@code token.jwt}. */
    public Path operatorFile(String alias, String name) {
        return folder.resolve("operators").resolve(alias).resolve(name);
    }

    /** The password of every PKCS#12 file here. */
    public char[] storePassword() {
        return password.toCharArray();
    }

    private static void make(Path folder, Clock clock) throws IOException, GeneralSecurityException, JoseException {
        Path draft = folder.toAbsolutePath().resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        KeyFiles.privateFolder(draft);
        CertificateAuthority made = CertificateAuthority.create(
                "Data Return Sandbox development authority", clock.instant(), AUTHORITY_VALIDITY);
        byte[] secret = new byte[18];
        new SecureRandom().nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        KeyFiles.write(draft.resolve("p12.password"), password, Audience.OWNER);
        KeyFiles.write(
                draft.resolve("ca.crt.pem"),
                KeyFiles.pem(CERTIFICATE, made.certificate().getEncoded()),
                Audience.EVERYBODY);
        KeyFiles.write(
                draft.resolve("ca.key.pem"),
                KeyFiles.pem(PRIVATE_KEY, made.key().getEncoded()),
                Audience.OWNER);
        KeyStore trust = emptyStore();
        trust.setCertificateEntry("ca", made.certificate());
        writeStore(draft.resolve("ca.p12"), trust, password);
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        key.setUse("sig");
        KeyFiles.write(
                draft.resolve("token-signing.jwk"), key.toJson(OutputControlLevel.INCLUDE_PRIVATE), Audience.OWNER);
        // Only a whole folder gets the name: a start that was cut short leaves nothing to be half trusted.
        Files.move(draft, folder.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static DevelopmentAuthority read(Path folder, BearerTokens.Settings settings, Clock clock)
            throws IOException, GeneralSecurityException, JoseException {
        X509Certificate certificate = readCertificate(folder.resolve("ca.crt.pem"));
        byte[] pkcs8 = KeyFiles.der(PRIVATE_KEY, Files.readString(folder.resolve("ca.key.pem")));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        PublicJsonWebKey signing =
                PublicJsonWebKey.Factory.newPublicJwk(Files.readString(folder.resolve("token-signing.jwk")));
        if (!(signing instanceof EllipticCurveJsonWebKey elliptic)) {
            throw new IOException("token-signing.jwk is not an elliptic curve key");
        }
        return new DevelopmentAuthority(
                folder,
                clock,
                new CertificateAuthority(certificate, key),
                new BearerTokens(elliptic, settings, clock),
                Files.readString(folder.resolve("p12.password")).strip());
    }

    private void issueServer() throws IOException, GeneralSecurityException {
        if (isCurrent(serverFile("crt.pem"), serverFile("key.pem"), serverFile("p12"))) {
            return;
        }
        KeyPair pair = CertificateAuthority.newKeyPair();
        X509Certificate issued = authority.issueServer(pair.getPublic(), clock.instant(), LEAF_VALIDITY);
        write(pair.getPrivate(), issued, serverFile("key.pem"), serverFile("crt.pem"), serverFile("p12"), "server");
    }

    private void issue(Identity identity) throws IOException, GeneralSecurityException {
        String alias = identity.alias();
        KeyFiles.privateFolder(folder.resolve("operators"));
        KeyFiles.privateFolder(folder.resolve("operators").resolve(alias));
        Principal principal = identity.operator().principal();
        Path certificate = operatorFile(alias, "cert.pem");
        Path key = operatorFile(alias, "key.pem");
        Path store = operatorFile(alias, "identity.p12");
        if (!isCurrent(certificate, key, store)) {
            KeyPair pair = CertificateAuthority.newKeyPair();
            X509Certificate issued = authority.issueOperator(
                    principal, identity.organisation().name(), pair.getPublic(), clock.instant(), LEAF_VALIDITY);
            write(pair.getPrivate(), issued, key, certificate, store, alias);
        }
        KeyFiles.write(operatorFile(alias, "token.jwt"), tokens.issue(principal), Audience.OWNER);
    }

    private boolean isCurrent(Path certificate, Path key, Path store) throws IOException, GeneralSecurityException {
        if (!Files.exists(certificate) || !Files.exists(key) || !Files.exists(store)) {
            return false;
        }
        Instant end = readCertificate(certificate).getNotAfter().toInstant();
        return clock.instant().plus(RENEWED_BEFORE).isBefore(end);
    }

    private void write(PrivateKey key, X509Certificate issued, Path keyFile, Path certFile, Path store, String alias)
            throws IOException, GeneralSecurityException {
        // The certificate goes first and comes last: while it is missing, the others are known to be unfinished.
        Files.deleteIfExists(certFile);
        KeyFiles.write(keyFile, KeyFiles.pem(PRIVATE_KEY, key.getEncoded()), Audience.OWNER);
        KeyStore identity = emptyStore();
        identity.setKeyEntry(alias, key, password.toCharArray(), new Certificate[] {issued, authority.certificate()});
        writeStore(store, identity, password);
        KeyFiles.write(certFile, KeyFiles.pem(CERTIFICATE, issued.getEncoded()), Audience.EVERYBODY);
    }

    private static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        byte[] der = KeyFiles.der(CERTIFICATE, Files.readString(file, StandardCharsets.UTF_8));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void writeStore(Path file, KeyStore store, String password)
            throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password.toCharArray());
        KeyFiles.write(file, bytes.toByteArray(), Audience.OWNER);
    }
}
