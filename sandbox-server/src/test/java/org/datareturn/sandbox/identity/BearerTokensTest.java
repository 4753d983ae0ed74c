package org.datareturn.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.FakeClock;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    private static final Principal OPERATOR =
            new Principal(DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code(), "county-operator");
    private static final BearerTokens.Settings SETTINGS = BearerTokens.Settings.of("node-370000", "datareturn");
    private static final Proven INVALID = new Proven.Not(Refusal.of(IdentityReason.TOKEN_INVALID));
    private static final Proven EXPIRED = new Proven.Not(Refusal.of(IdentityReason.TOKEN_EXPIRED));

    private final FakeClock clock = FakeClock.at("2026-11-21T02:00:00Z");
    private final EllipticCurveJsonWebKey key = newKey("node-key");
    private final BearerTokens tokens = new BearerTokens(key, SETTINGS, clock);

    @Test
    void provesWhomItWasIssuedToUntilItExpires() {
        String token = tokens.issue(OPERATOR);
        assertThat(tokens.prove(token)).isEqualTo(new Proven.By(OPERATOR));
        clock.advance(Duration.ofHours(12).plusSeconds(29));
        assertThat(tokens.prove(token)).isEqualTo(new Proven.By(OPERATOR));
        // Accepted before, and remembered: it must not outlive its validity for that.
        clock.advance(Duration.ofSeconds(2));
        assertThat(tokens.prove(token)).isEqualTo(EXPIRED);
    }

    @Test
    void refusesATokenFromBeforeItsTime() {
        String token = tokens.issue(OPERATOR);
        clock.advance(Duration.ofSeconds(-31));
        assertThat(tokens.prove(token)).isEqualTo(EXPIRED);
    }

    @Test
    void refusesATokenOfAnotherKeyEvenUnderThisKeysName() {
        for (String name : List.of("other-key", "node-key")) {
            assertThat(tokens.prove(new BearerTokens(newKey(name), SETTINGS, clock).issue(OPERATOR)))
                    .isEqualTo(INVALID);
        }
    }

    @Test
    void refusesATokenForAnotherAudienceOrOfAnotherIssuer() {
        assertThat(tokens.prove(
                        new BearerTokens(key, BearerTokens.Settings.of("node-370000", "other"), clock).issue(OPERATOR)))
                .isEqualTo(INVALID);
        assertThat(tokens.prove(
                        new BearerTokens(key, BearerTokens.Settings.of("other", "datareturn"), clock).issue(OPERATOR)))
                .isEqualTo(INVALID);
    }

    @Test
    void saysNothingOfExpiryForATokenThatIsWrongOtherwise() {
        String foreign = new BearerTokens(key, BearerTokens.Settings.of("node-370000", "other"), clock).issue(OPERATOR);
        clock.advance(Duration.ofDays(2));
        assertThat(tokens.prove(foreign)).isEqualTo(INVALID);
    }

    @Test
    void refusesATokenWithAnyCharacterChanged() {
        String token = tokens.issue(OPERATOR);
        int signature = token.lastIndexOf('.') + 1;
        for (int i = 0; i < token.length(); i++) {
            // The last character of base64url carries unused bits; changing those changes no byte of the signature.
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            if (i < token.length() - 1) {
                assertThat(tokens.prove(token.substring(0, i) + other + token.substring(i + 1)))
                        .as("character %d, signature from %d", i, signature)
                        .isEqualTo(INVALID);
            }
        }
    }

    @Test
    void refusesAlgorithmNoneAndTheSymmetricTrick() throws JoseException {
        String payload = tokens.issue(OPERATOR).split("\\.", -1)[1];
        for (String algorithm : List.of("none", "None", "NONE")) {
            String header = base64("{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"node-key\"}".formatted(algorithm));
            assertThat(tokens.prove(header + "." + payload + ".")).isEqualTo(INVALID);
        }
        // The public key, known to all, as the secret of a message authentication code.
        Key publicAsSecret = new HmacKey(key.getPublicKey().getEncoded());
        assertThat(tokens.prove(signed(claims(), AlgorithmIdentifiers.HMAC_SHA256, publicAsSecret, "at+jwt")))
                .isEqualTo(INVALID);
        RsaJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        assertThat(tokens.prove(signed(claims(), AlgorithmIdentifiers.RSA_USING_SHA256, rsa.getPrivateKey(), "at+jwt")))
                .isEqualTo(INVALID);
    }

    @Test
    void refusesATokenOfAnotherType() {
        assertThat(tokens.prove(byThisKey(claims(), "at+jwt"))).isEqualTo(new Proven.By(OPERATOR));
        assertThat(tokens.prove(byThisKey(claims(), "JWT"))).isEqualTo(INVALID);
    }

    @Test
    void refusesATokenThatLacksAClaimOrHasAnImpossibleOne() {
        List<Consumer<JwtClaims>> changes = new ArrayList<>();
        for (String claim : List.of("iss", "aud", "iat", "nbf", "exp", "jti", "sub", "org")) {
            changes.add(claims -> claims.unsetClaim(claim));
        }
        changes.add(claims -> claims.setSubject("../county-operator"));
        changes.add(claims -> claims.setClaim("org", "91350100M000100Y44"));
        changes.add(claims -> claims.setClaim("org", List.of(OPERATOR.organisation())));
        changes.add(claims -> claims.setClaim("exp", "tomorrow"));
        changes.add(claims -> claims.setJwtId(" "));
        changes.add(claims -> claims.setExpirationTime(NumericDate.fromSeconds(
                clock.instant().plus(Duration.ofDays(40)).getEpochSecond())));
        for (int i = 0; i < changes.size(); i++) {
            JwtClaims claims = claims();
            changes.get(i).accept(claims);
            assertThat(tokens.prove(byThisKey(claims, "at+jwt")))
                    .as("change %d", i)
                    .isEqualTo(INVALID);
        }
    }

    @Test
    void refusesWhatIsNoToken() {
        for (String text :
                List.of("", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d.e", "Bearer x", "中.文.字", "a".repeat(5000))) {
            assertThat(tokens.prove(text)).as(text).isEqualTo(INVALID);
        }
    }

    @Test
    void refusesSettingsThatContradictThemselves() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new BearerTokens.Settings("i", "a", Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BearerTokens.Settings("i", "a", Duration.ofDays(32), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BearerTokens.Settings("i", "a", hour, Duration.ofMinutes(3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BearerTokens.Settings(" ", "a", hour, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        long now = clock.instant().getEpochSecond();
        claims.setIssuer("node-370000");
        claims.setAudience("datareturn");
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setNotBefore(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + 3600));
        claims.setJwtId("a-token");
        claims.setSubject(OPERATOR.operator());
        claims.setClaim("org", OPERATOR.organisation());
        return claims;
    }

    private String byThisKey(JwtClaims claims, String type) {
        return signed(claims, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, key.getPrivateKey(), type);
    }

    private static String signed(JwtClaims claims, String algorithm, Key signingKey, String type) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue("node-key");
        signature.setHeader("typ", type);
        signature.setKey(signingKey);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EllipticCurveJsonWebKey newKey(String name) {
        try {
            EllipticCurveJsonWebKey made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            made.setKeyId(name);
            return made;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
