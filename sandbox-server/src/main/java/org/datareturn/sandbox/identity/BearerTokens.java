package org.datareturn.sandbox.identity;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.datareturn.policy.Refusal;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Bearer tokens of this node: JSON Web Tokens (RFC 7519) signed with ES256 and nothing else, typed {@code at+jwt} (RFC
 * 9068) so that no other kind of token passes for one. Claims: {@code iss}, {@code aud}, {@code iat}, {@code nbf}, {@code
 * exp}, {@code jti}, {@code sub} = operator, {@code org} = credit code. No roles. Thread-safe.
 */
public final class BearerTokens {
    private static final String TYPE = "at+jwt";
    private static final String ORGANISATION = "org";
    private static final int LONGEST_TOKEN = 4096;
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private final EllipticCurveJsonWebKey key;
    private final Settings settings;
    private final Clock clock;
    private final ProofCache accepted = new ProofCache();

    /**
     * What tokens of a node say.
     *
     * @param issuer the node's name
     * @param audience whom they are for: the node's name as a service
     * @param validity how long one is good
     * @param skew how far two clocks may differ
     */
    public record Settings(String issuer, String audience, Duration validity, Duration skew) {
        /**
         * @throws IllegalArgumentException when a name is blank, the validity is not positive or longer than 31 days, or
         *     the skew is negative or longer than two minutes
         */
        public Settings {
            if (issuer.isBlank() || audience.isBlank()) {
                throw new IllegalArgumentException("tokens name their issuer and audience");
            }
            if (!validity.isPositive() || validity.compareTo(Duration.ofDays(31)) > 0) {
                throw new IllegalArgumentException("token validity must be > 0 and ≤ 31 days, was " + validity);
            }
            if (skew.isNegative() || skew.compareTo(Duration.ofMinutes(2)) > 0) {
                throw new IllegalArgumentException("token skew must be ≥ 0 and ≤ 2 minutes, was " + skew);
            }
        }

        /** Tokens good for 12 hours, clocks within 30 seconds. */
        public static Settings of(String issuer, String audience) {
            return new Settings(issuer, audience, Duration.ofHours(12), Duration.ofSeconds(30));
        }
    }

    /**
     * Issues and checks with one key.
     *
     * @param key a P-256 key with its private part and a key id
     */
    public BearerTokens(EllipticCurveJsonWebKey key, Settings settings, Clock clock) {
        if (key.getPrivateKey() == null || key.getKeyId() == null || !"P-256".equals(key.getCurveName())) {
            throw new IllegalArgumentException("the signing key must be a P-256 key with a private part and a key id");
        }
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    /** A token that proves an operator, good from now. */
    public String issue(Principal principal) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(settings.issuer());
        claims.setAudience(settings.audience());
        claims.setIssuedAt(date(now));
        claims.setNotBefore(date(now));
        claims.setExpirationTime(date(now.plus(settings.validity())));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setSubject(principal.operator());
        claims.setStringClaim(ORGANISATION, principal.organisation());
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", TYPE);
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** Whom a token proves, when it is good now. */
    public Proven prove(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return not(IdentityReason.TOKEN_INVALID);
        }
        // What is no ASCII becomes a question mark here, which no accepted token holds.
        String digest = ProofCache.digest(token.getBytes(StandardCharsets.US_ASCII));
        Optional<Principal> known = accepted.find(digest, clock.instant());
        return known.<Proven>map(Proven.By::new).orElseGet(() -> check(token, digest));
    }

    private Proven check(String token, String digest) {
        if (!COMPACT.matcher(token).matches()) {
            return not(IdentityReason.TOKEN_INVALID);
        }
        VerificationKeyResolver keyById = (signature, nesting) -> keyNamed(signature.getKeyIdHeaderValue());
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                    .setVerificationKeyResolver(keyById)
                    .setExpectedType(true, TYPE)
                    .setExpectedIssuer(settings.issuer())
                    .setExpectedAudience(settings.audience())
                    .setRequireExpirationTime()
                    .setRequireIssuedAt()
                    .setRequireNotBefore()
                    .setRequireJwtId()
                    .setRequireSubject()
                    .setAllowedClockSkewInSeconds((int) settings.skew().toSeconds())
                    .setEvaluationTime(date(clock.instant()))
                    .build()
                    .processToClaims(token);
            return accept(claims, digest);
        } catch (InvalidJwtException e) {
            boolean onlyLate = !e.getErrorDetails().isEmpty()
                    && e.getErrorDetails().stream()
                            .allMatch(error -> error.getErrorCode() == ErrorCodes.EXPIRED
                                    || error.getErrorCode() == ErrorCodes.NOT_YET_VALID);
            return not(onlyLate ? IdentityReason.TOKEN_EXPIRED : IdentityReason.TOKEN_INVALID);
        } catch (MalformedClaimException e) {
            return not(IdentityReason.TOKEN_INVALID);
        }
    }

    private Proven accept(JwtClaims claims, String digest) throws MalformedClaimException {
        String organisation = claims.getStringClaimValue(ORGANISATION);
        String operator = claims.getSubject();
        Instant notBefore = instant(claims.getNotBefore()).minus(settings.skew());
        Instant notAfter = instant(claims.getExpirationTime()).plus(settings.skew());
        boolean tooLong = Duration.between(instant(claims.getIssuedAt()), instant(claims.getExpirationTime()))
                        .compareTo(Duration.ofDays(31))
                > 0;
        if (organisation == null
                || tooLong
                || claims.getJwtId().isBlank()
                || !CreditCode.isValid(organisation)
                || !operator.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            return not(IdentityReason.TOKEN_INVALID);
        }
        Principal principal = new Principal(organisation, operator);
        accepted.put(digest, principal, notBefore, notAfter);
        return new Proven.By(principal);
    }

    private Key keyNamed(String keyId) throws UnresolvableKeyException {
        if (!key.getKeyId().equals(keyId)) {
            throw new UnresolvableKeyException("the token names a key this node does not have");
        }
        return key.getPublicKey();
    }

    private static Proven not(IdentityReason reason) {
        return new Proven.Not(Refusal.of(reason));
    }

    private static NumericDate date(Instant instant) {
        return NumericDate.fromMilliseconds(instant.toEpochMilli());
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochMilli(date.getValueInMillis());
    }
}
