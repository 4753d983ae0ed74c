package org.datareturn.sandbox.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.policy.Refusal;

/**
 * Whom a client certificate names.
 *
 * <p>The chain is validated against the node's own authority (PKIX, RFC 5280) even where the transport did so already,
 * and its leaf must be for clients (extended key usage {@code clientAuth}) and no authority itself. It names its operator
 * in one place only: a subject alternative name of type URI, {@code datareturn:operator/CREDIT-CODE/OPERATOR}, of which
 * there is exactly one. The subject's attributes are for people to read. Roles are not in it. Thread-safe.
 */
public final class CertificateIdentity {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int URI_NAME = 6;
    private static final int LONGEST_CHAIN = 4;
    private static final Pattern NAME = Pattern.compile("datareturn:operator/([0-9A-Z]{18})/([a-z0-9][a-z0-9-]{0,63})");

    private final X509Certificate authority;
    private final Clock clock;
    private final ProofCache accepted = new ProofCache();

    /** Trusts what one authority issued, by one clock. */
    public CertificateIdentity(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** The name a certificate of an operator carries. */
    static String nameOf(Principal principal) {
        return "datareturn:operator/" + principal.organisation() + "/" + principal.operator();
    }

    /**
     * Checks a chain.
     *
     * @param chain as the transport gave it, the client's own first; the authority's own may be at its end
     */
    public Proven prove(List<X509Certificate> chain) {
        List<X509Certificate> path =
                chain.stream().filter(link -> !link.equals(authority)).toList();
        if (path.isEmpty() || path.size() > LONGEST_CHAIN) {
            return untrusted();
        }
        try {
            byte[][] encoded = new byte[path.size()][];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = path.get(i).getEncoded();
            }
            String digest = ProofCache.digest(encoded);
            Optional<Principal> known = accepted.find(digest, clock.instant());
            return known.<Proven>map(Proven.By::new).orElseGet(() -> validate(path, digest));
        } catch (CertificateEncodingException e) {
            return untrusted();
        }
    }

    private Proven validate(List<X509Certificate> path, String digest) {
        X509Certificate leaf = path.getFirst();
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setDate(Date.from(clock.instant()));
            // Withdrawing an operator is the register's business: it holds from the next call, which no list does.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages == null || !usages.contains(CLIENT_AUTH) || leaf.getBasicConstraints() >= 0) {
                return untrusted();
            }
            Optional<Principal> named = principalOf(leaf);
            if (named.isEmpty()) {
                return untrusted();
            }
            accepted.put(
                    digest,
                    named.get(),
                    path.stream()
                            .map(link -> link.getNotBefore().toInstant())
                            .max(Comparator.naturalOrder())
                            .orElseThrow(),
                    path.stream()
                            .map(link -> link.getNotAfter().toInstant())
                            .min(Comparator.naturalOrder())
                            .orElseThrow());
            return new Proven.By(named.get());
        } catch (CertPathValidatorException e) {
            return e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID
                    ? new Proven.Not(Refusal.of(IdentityReason.CERTIFICATE_EXPIRED))
                    : untrusted();
        } catch (GeneralSecurityException e) {
            return untrusted();
        }
    }

    private static Optional<Principal> principalOf(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names == null) {
            return Optional.empty();
        }
        List<String> uris = names.stream()
                .filter(name -> Objects.equals(name.getFirst(), URI_NAME))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        if (uris.size() != 1) {
            return Optional.empty();
        }
        Matcher matcher = NAME.matcher(uris.getFirst());
        return matcher.matches() && CreditCode.isValid(matcher.group(1))
                ? Optional.of(new Principal(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    private static Proven untrusted() {
        return new Proven.Not(Refusal.of(IdentityReason.CERTIFICATE_UNTRUSTED));
    }
}
