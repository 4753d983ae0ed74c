package org.datareturn.sandbox.zone.flight;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.datareturn.sandbox.zone.flight.WireCall.SessionStatement;

/**
 * The first thing every call meets: lets four of Flight's methods through and refuses the others by name before a byte
 * of them is read, and captures TLS session,
 * bearer token and session parameters for those that go on. Stateless.
 */
final class FlightEdge implements ServerInterceptor {
    private static final int PARAMETER_CHARACTERS = 128;
    private static final String BEARER = "bearer ";
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
        try {
            Optional<String> token = bearerToken(headers);
            switch (method) {
                case "GetFlightInfo", "DoGet", "DoAction", "DoPut" -> {
                    WireCall wire = new WireCall(new WireCredentials(certificates(call), token), statement(headers));
                    return Contexts.interceptCall(wire.in(Context.current()), call, headers, next);
                }
                case "Handshake" -> {
                    // The JDBC driver shakes hands with its token before the first call and expects no more than an
                    // end. Nothing is decided here: every call brings the token again.
                    call.close(Status.OK, new Metadata());
                }
                case "GetSchema" ->
                    throw RefusalStatus.of(
                            FlightReason.FLIGHT_COMMAND_NOT_SERVED, "GetSchema (a schema is part of the answer)");
                default -> throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_NOT_SERVED, method);
            }
        } catch (StatusRuntimeException refused) {
            call.close(refused.getStatus(), new Metadata());
        }
        return new ServerCall.Listener<>() {};
    }

    private static List<X509Certificate> certificates(ServerCall<?, ?> call) {
        SSLSession tls = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (tls == null) {
            throw RefusalStatus.of(FlightReason.FLIGHT_CREDENTIALS_UNSUPPORTED);
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : tls.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
        return chain;
    }

    private static Optional<String> bearerToken(Metadata headers) {
        List<String> values = all(headers, AUTHORIZATION);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.getFirst();
        if (values.size() > 1
                || value.length() <= BEARER.length()
                || !value.substring(0, BEARER.length()).toLowerCase(Locale.ROOT).equals(BEARER)) {
            throw RefusalStatus.of(FlightReason.FLIGHT_CREDENTIALS_UNSUPPORTED);
        }
        return Optional.of(value.substring(BEARER.length()).strip());
    }

    private static SessionStatement statement(Metadata headers) {
        List<String> values = new ArrayList<>();
        for (String name : List.of("grant", "zone", "purpose", "region")) {
            List<String> sent = all(headers, key(name));
            if (sent.isEmpty() || sent.getFirst().isBlank()) {
                return new SessionStatement.Unusable(FlightReason.FLIGHT_PARAMETER_MISSING, name, "");
            }
            if (sent.size() > 1 || sent.getFirst().length() > PARAMETER_CHARACTERS) {
                return new SessionStatement.Unusable(
                        FlightReason.FLIGHT_PARAMETER_INVALID, name, String.valueOf(PARAMETER_CHARACTERS));
            }
            values.add(sent.getFirst().strip());
        }
        return new SessionStatement.Stated(new ZoneSession(values.get(0), values.get(1), values.get(2), values.get(3)));
    }

    private static List<String> all(Metadata headers, Metadata.Key<String> key) {
        List<String> values = new ArrayList<>();
        Iterable<String> sent = headers.getAll(key);
        if (sent != null) {
            sent.forEach(values::add);
        }
        return values;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
