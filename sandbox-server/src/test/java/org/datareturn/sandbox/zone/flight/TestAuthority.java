package org.datareturn.sandbox.zone.flight;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for one test run, and what it issues, as PEM files in a folder. */
final class TestAuthority {
    private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date TO = Date.from(Instant.parse("2090-01-01T00:00:00Z"));

    private final Path folder;
    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private long serial = 1;

    /** A certificate and its key, both PEM. */
    record Issued(Path certificate, Path key) {}

    private TestAuthority(Path folder, String name) throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.name = name;
        this.keys = keyPair();
        try {
            X509v3CertificateBuilder builder = builder(name, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            this.certificate = signed(builder);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
        write(pem(), certificate);
    }

    static TestAuthority in(Path folder, String name) throws GeneralSecurityException, IOException {
        return new TestAuthority(folder, name);
    }

    /** The authority's own certificate. */
    Path pem() {
        return folder.resolve(name + ".pem");
    }

    /** Issues a certificate good for a server on loopback or for a client. */
    Issued issue(String subject) throws GeneralSecurityException, IOException {
        KeyPair pair = keyPair();
        Issued issued = new Issued(folder.resolve(subject + ".pem"), folder.resolve(subject + ".key.pem"));
        try {
            X509v3CertificateBuilder builder = builder(subject, pair);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            write(issued.certificate(), signed(builder));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
        write(issued.key(), new JcaPKCS8Generator(pair.getPrivate(), null));
        return issued;
    }

    private X509v3CertificateBuilder builder(String subject, KeyPair pair) {
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + name),
                BigInteger.valueOf(serial++),
                FROM,
                TO,
                new X500Name("CN=" + subject),
                pair.getPublic());
    }

    private X509Certificate signed(X509v3CertificateBuilder builder)
            throws OperatorCreationException, GeneralSecurityException {
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static void write(Path file, Object pemObject) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pemObject);
        }
        Files.writeString(file, text.toString());
    }
}
