package org.datareturn.sandbox.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The proofs of identity that came with a call.
 *
 * @param certificates the client's chain as the transport gave it, the client's own first; empty when there was none
 * @param bearerToken what followed {@code Bearer } in the authorisation header, when there was one
 */
public record Credentials(List<X509Certificate> certificates, Optional<String> bearerToken) {
    public Credentials {
        certificates = List.copyOf(certificates);
    }

    /** No proof at all. */
    public static Credentials none() {
        return new Credentials(List.of(), Optional.empty());
    }

    @Override
    public String toString() {
        // A token is a secret: it must not reach a log by way of a message.
        return "Credentials[" + certificates.size() + " certificates, token " + (bearerToken.isPresent() ? "yes" : "no")
                + "]";
    }
}
