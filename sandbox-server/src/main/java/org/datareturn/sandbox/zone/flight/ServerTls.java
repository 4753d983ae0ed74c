package org.datareturn.sandbox.zone.flight;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.util.Locale;

/**
 * The endpoint's TLS (1.2 and 1.3). A client certificate is optional, so that a token can do instead; one that is
 * presented and does not chain to the authorities ends the handshake.
 */
final class ServerTls {
    private ServerTls() {}

    static SslContext of(FlightSqlOptions options) throws IOException {
        try {
            SslContextBuilder tls = GrpcSslContexts.forServer(
                            options.certificateChain().toFile(),
                            options.privateKey().toFile())
                    .protocols("TLSv1.3", "TLSv1.2");
            options.clientAuthorities()
                    .ifPresent(path -> tls.clientAuth(ClientAuth.OPTIONAL).trustManager(path.toFile()));
            return tls.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "the TLS certificate %s, the key %s or the client authorities %s cannot be read as PEM",
                            options.certificateChain(),
                            options.privateKey(),
                            options.clientAuthorities().map(Object::toString).orElse("(none)")),
                    e);
        }
    }
}
