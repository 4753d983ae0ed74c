package org.datareturn.sandbox.identity;

import java.util.Optional;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Caller.Proof;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * Says who calls. Every proof that comes with a call must be good, and all must name the same operator; then the register
 * is asked, with every call, whether that operator may call and what it may do. Thread-safe; never throws.
 */
public final class Authenticator {
    private final CertificateIdentity certificates;
    private final BearerTokens tokens;
    private final OperatorRegister register;

    /** An authenticator over the two kinds of proof and the register. */
    public Authenticator(CertificateIdentity certificates, BearerTokens tokens, OperatorRegister register) {
        this.certificates = certificates;
        this.tokens = tokens;
        this.register = register;
    }

    /** Who calls, or why nobody is recognised. */
    public Authentication authenticate(Credentials credentials) {
        Optional<Proven> byCertificate = credentials.certificates().isEmpty()
                ? Optional.empty()
                : Optional.of(certificates.prove(credentials.certificates()));
        Optional<Proven> byToken = credentials.bearerToken().map(tokens::prove);
        Proven proven = both(byCertificate, byToken);
        // Where both came, the certificate is the stronger word: its key took part in this very connection.
        Proof proof = byCertificate.isPresent() ? Proof.MTLS : Proof.BEARER;
        return switch (proven) {
            case Proven.Not not -> new Authentication.Refused(not.refusal());
            case Proven.By by -> registered(by.principal(), proof);
        };
    }

    private static Proven both(Optional<Proven> first, Optional<Proven> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second).orElseGet(() -> new Proven.Not(Refusal.of(IdentityReason.IDENTITY_MISSING)));
        }
        if (first.get() instanceof Proven.Not not) {
            return not;
        }
        if (second.get() instanceof Proven.Not not) {
            return not;
        }
        return first.equals(second) ? first.get() : new Proven.Not(Refusal.of(IdentityReason.PROOFS_DIFFER));
    }

    private Authentication registered(Principal principal, Proof proof) {
        Optional<RegisteredOperator> found;
        try {
            found = register.find(principal);
        } catch (ControlStoreException e) {
            return new Authentication.Refused(e.refusal());
        }
        if (found.isEmpty()) {
            return new Authentication.Refused(Refusal.of(IdentityReason.OPERATOR_UNKNOWN));
        }
        RegisteredOperator registered = found.get();
        return switch (registered.standing()) {
            case DISABLED -> new Authentication.Refused(Refusal.of(IdentityReason.OPERATOR_DISABLED));
            case ENABLED ->
                new Authentication.Authenticated(new Caller(
                        principal.organisation(),
                        principal.operator(),
                        registered.operator().roles(),
                        registered.organisation().region().code(),
                        proof));
        };
    }
}
