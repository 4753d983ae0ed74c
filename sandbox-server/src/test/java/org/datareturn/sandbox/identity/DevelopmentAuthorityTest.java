package org.datareturn.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.FakeClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentAuthorityTest {
    private static final Proven UNTRUSTED = new Proven.Not(Refusal.of(IdentityReason.CERTIFICATE_UNTRUSTED));
    private static final Proven EXPIRED = new Proven.Not(Refusal.of(IdentityReason.CERTIFICATE_EXPIRED));
    private static final BearerTokens.Settings TOKENS = BearerTokens.Settings.of("node", "datareturn");
    private static final Principal OPERATOR =
            new Principal(DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code(), "county-operator");

    private final FakeClock clock = FakeClock.at("2026-11-21T02:00:00Z");
    private final Path folder;
    private final Path elsewhere;

    DevelopmentAuthorityTest(@TempDir Path temporary) {
        this.folder = temporary.resolve("node/identities");
        this.elsewhere = temporary.resolve("elsewhere");
    }

    private DevelopmentAuthority authority() throws IOException {
        return DevelopmentAuthority.open(folder, DevelopmentIdentities.all(), TOKENS, clock);
    }

    @BeforeEach
    void nothingIsThereBeforeTheFirstStart() {
        assertThat(folder).doesNotExist();
    }

    @Test
    void givesEveryoneACertificateAndATokenThatProveThem() throws Exception {
        DevelopmentAuthority authority = authority();
        CertificateIdentity certificates = authority.certificates();
        for (DevelopmentIdentities.Identity identity : DevelopmentIdentities.all()) {
            Proven expected = new Proven.By(identity.operator().principal());
            X509Certificate certificate = read(authority.operatorFile(identity.alias(), "cert.pem"));
            X509Certificate issuer = read(authority.certificateFile());
            assertThat(certificates.prove(List.of(certificate))).isEqualTo(expected);
            assertThat(certificates.prove(List.of(certificate, issuer))).isEqualTo(expected);
            assertThat(authority
                            .tokens()
                            .prove(Files.readString(authority.operatorFile(identity.alias(), "token.jwt"))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void keepsWhatIsPrivateToItsOwner() throws Exception {
        authority();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.toList()).hasSizeGreaterThan(40).allSatisfy(file -> {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                boolean isPublic =
                        file.toString().endsWith("crt.pem") || file.toString().endsWith("cert.pem");
                String expected = Files.isDirectory(file) ? "rwx------" : isPublic ? "rw-r--r--" : "rw-------";
                assertThat(mode).as(file.toString()).isEqualTo(expected);
            });
        }
        try (Stream<Path> besides = Files.list(folder.resolveSibling(""))) {
            assertThat(besides).containsExactly(folder);
        }
    }

    @Test
    void makesKeyStoresThatJavaOpens() throws Exception {
        DevelopmentAuthority authority = authority();
        KeyStore trust = store(authority, authority.trustStore());
        assertThat(trust.getCertificate("ca")).isEqualTo(read(authority.certificateFile()));
        KeyStore server = store(authority, authority.serverFile("p12"));
        assertThat(server.getCertificateChain("server")).hasSize(2);
        assertThat(server.getKey("server", authority.storePassword())).isNotNull();
        assertThat(((X509Certificate) server.getCertificate("server")).getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void findsEverythingAsItWasAtTheNextStart() throws Exception {
        DevelopmentAuthority first = authority();
        String token = Files.readString(first.operatorFile("county-operator", "token.jwt"));
        byte[] certificate = Files.readAllBytes(first.operatorFile("county-operator", "cert.pem"));
        clock.advance(Duration.ofHours(1));
        DevelopmentAuthority second = authority();
        assertThat(Files.readAllBytes(second.operatorFile("county-operator", "cert.pem")))
                .isEqualTo(certificate);
        assertThat(second.tokens().prove(token)).isEqualTo(new Proven.By(OPERATOR));
        assertThat(Files.readString(second.operatorFile("county-operator", "token.jwt")))
                .isNotEqualTo(token);
    }

    @Test
    void renewsCertificatesThatAreSoonOver() throws Exception {
        X509Certificate before = read(authority().operatorFile("county-operator", "cert.pem"));
        clock.advance(Duration.ofDays(340));
        DevelopmentAuthority authority = authority();
        X509Certificate after = read(authority.operatorFile("county-operator", "cert.pem"));
        assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
        KeyStore store = store(authority, authority.operatorFile("county-operator", "identity.p12"));
        assertThat(store.getCertificate("county-operator")).isEqualTo(after);
    }

    @Test
    void refusesAFolderFromWhichSomethingIsMissing() throws Exception {
        authority();
        for (String file : List.of("ca.key.pem", "ca.crt.pem", "token-signing.jwk", "p12.password")) {
            Path path = folder.resolve(file);
            byte[] content = Files.readAllBytes(path);
            Files.delete(path);
            assertThatThrownBy(this::authority).isInstanceOf(IOException.class).hasMessageContaining(folder.toString());
            Files.write(path, content);
        }
        authority();
    }

    @Test
    void refusesCertificatesOfAnotherAuthorityOfTheSameName() throws Exception {
        DevelopmentAuthority other = DevelopmentAuthority.open(elsewhere, DevelopmentIdentities.all(), TOKENS, clock);
        X509Certificate foreign = read(other.operatorFile("county-operator", "cert.pem"));
        X509Certificate foreignIssuer = read(other.certificateFile());
        CertificateIdentity certificates = authority().certificates();
        assertThat(certificates.prove(List.of(foreign))).isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of(foreign, foreignIssuer))).isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of(foreign, read(folder.resolve("ca.crt.pem")))))
                .isEqualTo(UNTRUSTED);
        assertThat(authority().tokens().prove(Files.readString(other.operatorFile("county-operator", "token.jwt"))))
                .isEqualTo(new Proven.Not(Refusal.of(IdentityReason.TOKEN_INVALID)));
    }

    @Test
    void refusesACertificateOutsideItsValidityEvenWhenItWasAcceptedBefore() throws Exception {
        DevelopmentAuthority authority = authority();
        X509Certificate certificate = read(authority.operatorFile("county-operator", "cert.pem"));
        CertificateIdentity certificates = authority.certificates();
        assertThat(certificates.prove(List.of(certificate))).isEqualTo(new Proven.By(OPERATOR));
        clock.advance(Duration.ofDays(366));
        assertThat(certificates.prove(List.of(certificate))).isEqualTo(EXPIRED);
        clock.advance(Duration.ofDays(-400));
        assertThat(certificates.prove(List.of(certificate))).isEqualTo(EXPIRED);
    }

    @Test
    void refusesCertificatesThatAreNotForClientsOrNameNobody() throws Exception {
        DevelopmentAuthority authority = authority();
        CertificateIdentity certificates = authority.certificates();
        assertThat(certificates.prove(List.of(read(authority.serverFile("crt.pem")))))
                .isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of(read(authority.certificateFile()))))
                .isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of())).isEqualTo(UNTRUSTED);
    }

    @Test
    void refusesTheAuthoritysOwnCertificatesWhosePurposeOrNamesAreWrong() throws Exception {
        DevelopmentAuthority authority = authority();
        byte[] pkcs8 = KeyFiles.der("PRIVATE KEY", Files.readString(folder.resolve("ca.key.pem")));
        CertificateAuthority issuer = new CertificateAuthority(
                read(authority.certificateFile()),
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        String good = CertificateIdentity.nameOf(OPERATOR);
        KeyPurposeId client = KeyPurposeId.id_kp_clientAuth;
        CertificateIdentity certificates = authority.certificates();

        assertThat(certificates.prove(List.of(issued(issuer, client, good)))).isEqualTo(new Proven.By(OPERATOR));
        assertThat(certificates.prove(List.of(issued(issuer, KeyPurposeId.id_kp_serverAuth, good))))
                .isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of(issued(issuer, client, good, good + "2"))))
                .isEqualTo(UNTRUSTED);
        assertThat(certificates.prove(List.of(issued(issuer, client)))).isEqualTo(UNTRUSTED);
        for (String name : List.of(
                good + "/x",
                good.replace("operator/", "operator/../"),
                good.replace("county-operator", ""),
                good.replace('Y', 'X'),
                "https://example.org/" + good)) {
            assertThat(certificates.prove(List.of(issued(issuer, client, name))))
                    .as(name)
                    .isEqualTo(UNTRUSTED);
        }
    }

    private X509Certificate issued(CertificateAuthority issuer, KeyPurposeId purpose, String... uris)
            throws IOException, GeneralSecurityException {
        List<GeneralName> names = new ArrayList<>(List.of(new GeneralName(GeneralName.dNSName, "localhost")));
        for (String uri : uris) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        }
        return issuer.issue(
                new X500Name("CN=county-operator"),
                new GeneralNames(names.toArray(new GeneralName[0])),
                purpose,
                CertificateAuthority.newKeyPair().getPublic(),
                clock.instant(),
                Duration.ofDays(1));
    }

    @Test
    void refusesAnOperatorWhoPlaysAuthority() throws Exception {
        DevelopmentAuthority authority = authority();
        X509Certificate operators = read(authority.operatorFile("county-operator", "cert.pem"));
        KeyStore store = store(authority, authority.operatorFile("county-operator", "identity.p12"));
        PrivateKey key = (PrivateKey) store.getKey("county-operator", authority.storePassword());
        KeyPair forged = CertificateAuthority.newKeyPair();
        Principal auditor = new Principal(DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(), "auditor");
        X509Certificate leaf = new CertificateAuthority(operators, key)
                .issueOperator(auditor, "伪造", forged.getPublic(), clock.instant(), Duration.ofDays(1));
        assertThat(authority.certificates().prove(List.of(leaf, operators))).isEqualTo(UNTRUSTED);
    }

    @Test
    void refusesAChangedCertificate() throws Exception {
        DevelopmentAuthority authority = authority();
        X509Certificate original = read(authority.operatorFile("county-operator", "cert.pem"));
        byte[] der = original.getEncoded();
        CertificateIdentity certificates = authority.certificates();
        List<Integer> parsed = new ArrayList<>();
        for (int i = 4; i < der.length; i += 3) {
            byte[] changed = der.clone();
            changed[i] ^= 1;
            try {
                X509Certificate certificate = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(changed));
                // What is signed is the TBS part; a changed byte around it (say, of a length's spelling) says nothing
                // new.
                if (!Arrays.equals(certificate.getTBSCertificate(), original.getTBSCertificate())) {
                    parsed.add(i);
                    assertThat(certificates.prove(List.of(certificate)))
                            .as("byte %d", i)
                            .isNotInstanceOf(Proven.By.class);
                }
            } catch (GeneralSecurityException e) {
                assertThat(e).as("byte %d does not even parse", i).isNotNull();
            }
        }
        assertThat(parsed).hasSizeGreaterThan(100);
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static KeyStore store(DevelopmentAuthority authority, Path file)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, authority.storePassword());
        }
        return store;
    }
}
