package org.datareturn.sandbox.ledger;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.datareturn.sandbox.keys.KeyRing;

/** A process that records for ever from a few threads and prints every receipt it was given; made to be killed. */
final class RecordingChild {
    private static final int THREADS = 8;

    private RecordingChild() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        KeyRing ring = KeyRing.open(Path.of(arguments[0]), Path.of(arguments[1]));
        try (Ledger ledger = LedgerFixture.open(ring, Path.of(arguments[1]).resolve("ledger"))) {
            out.println("READY " + ledger.reader().checkpoint().size());
            Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            Recorded<String> recorded = ledger.record("x", LedgerFixture.record("kill-test"));
                            String text = Base64.getEncoder()
                                    .encodeToString(recorded.receipt().text().getBytes(StandardCharsets.UTF_8));
                            out.println("RECEIPT " + text);
                        }
                    } catch (LedgerUnavailableException e) {
                        out.println("UNAVAILABLE " + e.refusal().reason().name());
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
