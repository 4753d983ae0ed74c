package org.datareturn.bench;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;

/**
 * The baseline: a bare grpc-java server in a process of its own that reads the same request and sends a reply of the
 * same size, and does nothing else. Prints its port on a line, stops when its standard input ends.
 */
public final class BareEchoServer {
    private BareEchoServer() {}

    /** Serves until standard input ends; the argument is the reply's size in bytes. */
    public static void main(String[] args) throws IOException {
        int replyBytes = Integer.parseInt(args[0]);
        VerifyResponse reply = VerifyResponse.newBuilder()
                .setAnswer(VerificationAnswer.VERIFICATION_ANSWER_MATCH)
                .setRecord(Record.newBuilder().setReceipt("x".repeat(Math.max(0, replyBytes - 8))))
                .build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new VerificationServiceGrpc.VerificationServiceImplBase() {
                    @Override
                    public void verify(VerifyRequest request, StreamObserver<VerifyResponse> observer) {
                        observer.onNext(reply);
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {
            // The parent holds the other end; nothing is ever sent on it.
        }
        server.shutdownNow();
    }
}
