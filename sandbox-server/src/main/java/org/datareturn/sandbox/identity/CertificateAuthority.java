package org.datareturn.sandbox.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues X.509 certificates (RFC 5280) with EC P-256 keys and ECDSA with SHA-256. */
final class CertificateAuthority {
    /** Clocks of clients may be a little behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final ASN1ObjectIdentifier ORGANIZATION_IDENTIFIER = new ASN1ObjectIdentifier("2.5.4.97");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    /** An authority that exists. */
    CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new P-256 key pair. */
    static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    /** A new authority: self-signed, may issue leaves only. */
    static CertificateAuthority create(String name, Instant now, Duration validity)
            throws GeneralSecurityException, IOException {
        KeyPair pair = newKeyPair();
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject, serial(), start(now), end(now, validity), subject, pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return new CertificateAuthority(signed(builder, pair.getPrivate()), pair.getPrivate());
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** A certificate for the node's own endpoints on this machine. */
    X509Certificate issueServer(PublicKey holder, Instant now, Duration validity)
            throws GeneralSecurityException, IOException {
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, "localhost").build();
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
        return issue(subject, names, KeyPurposeId.id_kp_serverAuth, holder, now, validity);
    }

    /** A certificate that names an operator: see {@link CertificateIdentity}. */
    X509Certificate issueOperator(
            Principal principal, String organisationName, PublicKey holder, Instant now, Duration validity)
            throws GeneralSecurityException, IOException {
        X500Name subject = new X500NameBuilder()
                .addRDN(BCStyle.O, organisationName)
                .addRDN(ORGANIZATION_IDENTIFIER, principal.organisation())
                .addRDN(BCStyle.CN, principal.operator())
                .build();
        GeneralNames names = new GeneralNames(
                new GeneralName(GeneralName.uniformResourceIdentifier, CertificateIdentity.nameOf(principal)));
        return issue(subject, names, KeyPurposeId.id_kp_clientAuth, holder, now, validity);
    }

    /** A leaf of any subject, names and purpose. */
    X509Certificate issue(
            X500Name subject,
            GeneralNames names,
            KeyPurposeId purpose,
            PublicKey holder,
            Instant now,
            Duration validity)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(certificate, serial(), start(now), end(now, validity), subject, holder);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
        builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(holder));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
        return signed(builder, key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, IOException {
        try {
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign with this key", e);
        }
    }

    /** 127 random bits: positive, at most 20 bytes (RFC 5280 §4.1.2.2). */
    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).add(BigInteger.ONE);
    }

    private static Date start(Instant now) {
        return Date.from(now.minus(BACKDATED));
    }

    private static Date end(Instant now, Duration validity) {
        return Date.from(now.plus(validity));
    }
}
