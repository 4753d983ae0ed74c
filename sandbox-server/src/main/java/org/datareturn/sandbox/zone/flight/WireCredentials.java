package org.datareturn.sandbox.zone.flight;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who is on the wire: what the edge saw, not yet who it is. Its text form shows neither token nor certificates.
 *
 * @param certificates the client's certificate chain as TLS verified it against the configured authorities, leaf
 *     first; empty when the client presented none
 * @param bearerToken the token of {@code authorization: Bearer …} (RFC 6750), unverified
 */
public record WireCredentials(List<X509Certificate> certificates, Optional<String> bearerToken) {
    public WireCredentials {
        certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "WireCredentials[certificates=%d, bearerToken=%s]",
                certificates.size(),
                bearerToken.isPresent() ? "given" : "none");
    }
}
