package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.junit.jupiter.api.Assumptions;

/** A ledger with a real key ring in a scratch folder. */
final class LedgerFixture {
    static final String ORIGIN = "datareturn.example/ledger";
    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOON = Instant.parse("2026-11-21T04:00:00.123Z");

    private LedgerFixture() {}

    static KeyRing ring(Path scratch) throws KeyRingException {
        return KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
    }

    static Ledger open(KeyRing ring, Path folder) throws LedgerUnavailableException {
        return Ledger.open(folder, new NoteSigner(ORIGIN, ring.ledgerSigningKey()), ring.journal());
    }

    static LedgerRecord record(String target) {
        return LedgerRecord.of(
                        TraceId.random(RANDOM),
                        NOON,
                        LedgerRecord.Kind.VERIFICATION,
                        "91370000MA3TEST01X",
                        "operator-1",
                        target,
                        "MATCH",
                        "policy-7")
                .withGrant("grant-1", "application-1")
                .withRequestDigest("ab".repeat(32))
                .withAnswerDigest("cd".repeat(32))
                .withSource("2026-Q3", "公安厅 \"人口库\"");
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Public vectors beside the project; needed in CI, said to be missing elsewhere. */
    static Path vectors(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path vectors = at.resolveSibling("shared").resolve("vectors").resolve(name);
            if (Files.exists(vectors)) {
                return vectors;
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("../shared/vectors/" + name + " is missing");
        }
        Assumptions.abort("../shared/vectors/" + name + " is missing");
        throw new IllegalStateException("unreachable");
    }
}
