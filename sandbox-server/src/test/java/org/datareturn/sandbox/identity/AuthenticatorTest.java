package org.datareturn.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Caller.Role;
import org.datareturn.policy.ReasonCode;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.identity.RegisteredOperator.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class AuthenticatorTest {
    private static final Principal OPERATOR =
            new Principal(DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code(), "county-operator");

    private final ControlFixture node;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    AuthenticatorTest(Engine engine) {
        this.node = new ControlFixture(engine);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void recognisesByCertificateByTokenAndByBothWithTheRegistersRolesAndRegion() throws Exception {
        DevelopmentAuthority authority = authority();
        Authenticator authenticator = authenticator(authority);
        for (Caller.Proof proof : List.of(Caller.Proof.MTLS, Caller.Proof.BEARER)) {
            Credentials credentials = proof == Caller.Proof.MTLS
                    ? new Credentials(certificate(authority, "county-operator"), Optional.empty())
                    : new Credentials(List.of(), token(authority, "county-operator"));
            assertThat(authenticator.authenticate(credentials))
                    .isEqualTo(new Authentication.Authenticated(new Caller(
                            OPERATOR.organisation(), "county-operator", Set.of(Role.OPERATOR), "370812", proof)));
        }
        assertThat(authenticator.authenticate(new Credentials(
                        certificate(authority, "county-operator"), token(authority, "county-operator"))))
                .isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    void refusesNoProofAndTwoThatDiffer() throws Exception {
        DevelopmentAuthority authority = authority();
        Authenticator authenticator = authenticator(authority);
        assertThat(reason(authenticator.authenticate(Credentials.none()))).isEqualTo(IdentityReason.IDENTITY_MISSING);
        assertThat(reason(authenticator.authenticate(new Credentials(
                        certificate(authority, "county-operator"), token(authority, "county-analyst")))))
                .isEqualTo(IdentityReason.PROOFS_DIFFER);
    }

    @Test
    void refusesOneGoodProofBesideABrokenOne() throws Exception {
        DevelopmentAuthority authority = authority();
        Authenticator authenticator = authenticator(authority);
        assertThat(reason(authenticator.authenticate(
                        new Credentials(certificate(authority, "county-operator"), Optional.of("a.b.c")))))
                .isEqualTo(IdentityReason.TOKEN_INVALID);
        assertThat(reason(authenticator.authenticate(
                        new Credentials(List.of(server(authority)), token(authority, "county-operator")))))
                .isEqualTo(IdentityReason.CERTIFICATE_UNTRUSTED);
        Optional<String> old = token(authority, "county-operator");
        node.clock().advance(Duration.ofDays(1));
        assertThat(reason(authenticator.authenticate(new Credentials(certificate(authority, "county-operator"), old))))
                .isEqualTo(IdentityReason.TOKEN_EXPIRED);
    }

    @Test
    void refusesWhomTheRegisterDoesNotKnow() throws Exception {
        DevelopmentAuthority authority = authority();
        String token = authority.tokens().issue(new Principal(OPERATOR.organisation(), "stranger"));
        assertThat(reason(authenticator(authority).authenticate(new Credentials(List.of(), Optional.of(token)))))
                .isEqualTo(IdentityReason.OPERATOR_UNKNOWN);
    }

    @Test
    void refusesADisabledOperatorFromTheNextCallAndAcrossARestart() throws Exception {
        DevelopmentAuthority authority = authority();
        Authenticator authenticator = authenticator(authority);
        Credentials credentials = new Credentials(List.of(), token(authority, "county-operator"));
        assertThat(authenticator.authenticate(credentials)).isInstanceOf(Authentication.Authenticated.class);

        node.register().set(OPERATOR, Standing.DISABLED);
        assertThat(reason(authenticator.authenticate(credentials))).isEqualTo(IdentityReason.OPERATOR_DISABLED);
        // The next start enters the cast again: it must not enable who was disabled.
        DevelopmentIdentities.enter(node.register());
        assertThat(reason(authenticator.authenticate(credentials))).isEqualTo(IdentityReason.OPERATOR_DISABLED);
        node.register().set(OPERATOR, Standing.ENABLED);
        assertThat(authenticator.authenticate(credentials)).isInstanceOf(Authentication.Authenticated.class);

        node.register().setOrganisation(OPERATOR.organisation(), Standing.DISABLED);
        assertThat(reason(authenticator.authenticate(credentials))).isEqualTo(IdentityReason.OPERATOR_DISABLED);
        assertThat(reason(authenticator.authenticate(new Credentials(List.of(), token(authority, "county-analyst")))))
                .isEqualTo(IdentityReason.OPERATOR_DISABLED);
        assertThat(authenticator.authenticate(new Credentials(List.of(), token(authority, "auditor"))))
                .isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    void takesRolesAwayFromTheNextCall() throws Exception {
        DevelopmentAuthority authority = authority();
        Authenticator authenticator = authenticator(authority);
        Credentials credentials = new Credentials(List.of(), token(authority, "county-operator"));
        node.register().register(new Operator(OPERATOR, "婚姻登记系统", Set.of(Role.ANALYST)));
        assertThat(authenticator.authenticate(credentials))
                .isInstanceOfSatisfying(
                        Authentication.Authenticated.class,
                        known -> assertThat(known.caller().roles()).isEqualTo(Set.of(Role.ANALYST)));
    }

    @Test
    void refusesWhenTheRegisterCannotAnswer() throws Exception {
        DevelopmentAuthority authority = authority();
        try (var connection = node.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE operator_roles");
        }
        assertThat(reason(authenticator(authority)
                        .authenticate(new Credentials(List.of(), token(authority, "county-operator")))))
                .isEqualTo(ControlReason.CONTROL_STORE_UNAVAILABLE);
    }

    @Test
    void keepsTokensOutOfWhatIsPrinted() {
        assertThat(new Credentials(List.of(), Optional.of("secret")).toString()).doesNotContain("secret");
    }

    private DevelopmentAuthority authority() throws IOException {
        return DevelopmentAuthority.open(
                folder.resolve("identities"),
                DevelopmentIdentities.all(),
                BearerTokens.Settings.of("node", "datareturn"),
                node.clock());
    }

    private Authenticator authenticator(DevelopmentAuthority authority) {
        return new Authenticator(authority.certificates(), authority.tokens(), node.register());
    }

    private static Optional<String> token(DevelopmentAuthority authority, String alias) throws IOException {
        return Optional.of(Files.readString(authority.operatorFile(alias, "token.jwt")));
    }

    private static List<X509Certificate> certificate(DevelopmentAuthority authority, String alias)
            throws IOException, GeneralSecurityException {
        return List.of(read(authority.operatorFile(alias, "cert.pem")));
    }

    private static X509Certificate server(DevelopmentAuthority authority) throws IOException, GeneralSecurityException {
        return read(authority.serverFile("crt.pem"));
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static ReasonCode reason(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Refused refused -> refused.refusal().reason();
            case Authentication.Authenticated known -> throw new AssertionError("recognised " + known.caller());
        };
    }
}
