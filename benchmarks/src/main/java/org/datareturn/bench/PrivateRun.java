package org.datareturn.bench;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.datareturn.verifier.oprf.BlindedInput;
import org.datareturn.verifier.oprf.Element;
import org.datareturn.verifier.oprf.Evaluation;
import org.datareturn.verifier.oprf.KeyPair;
import org.datareturn.verifier.oprf.Mode;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.oprf.OprfServer;
import org.datareturn.verifier.oprf.VoprfClient;

/**
 * Evaluations per second of a private check as the service makes them from the bytes it gets to the bytes it sends — points
 * read and held to the curve, evaluated, one proof for the batch, written — beside bare multiplications of P-256 by one
 * scalar with the same library, normalised together. One thread for each, in turns. Every proof is verified.
 *
 * <p>The library keeps a table of small multiples in each point it has multiplied once. The bare multiplications of
 * {@code private} find it from the second turn on, those of {@code private.fresh} are of points read anew, outside the time taken,
 * as a service has never met the points it is sent.
 */
final class PrivateRun implements Benchmarks.Bench {
    private static final int BATCH = Integer.getInteger("bench.items", 4096);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SecureRandom random = new SecureRandom();

    /** A piece of work that counts for so many items. */
    private interface Work {
        void run() throws OprfException;
    }

    @Override
    public List<Benchmarks.Figure> run() throws OprfException {
        KeyPair key = KeyPair.derive(
                Mode.VOPRF, random.generateSeed(KeyPair.SEED_BYTES), "bench".getBytes(StandardCharsets.US_ASCII));
        OprfServer server = new OprfServer(key);
        VoprfClient client = new VoprfClient(key.publicKey());
        List<byte[]> items = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            items.add(("item " + i).getBytes(StandardCharsets.US_ASCII));
        }
        List<BlindedInput> blinded = client.blind(items, random);
        List<byte[]> sent =
                blinded.stream().map(input -> input.element().encode()).toList();
        client.finalise(blinded, evaluate(server, sent));
        ECPoint[] points = points(sent);
        BigInteger scalar = BigIntegers.createRandomInRange(
                BigInteger.ONE, CustomNamedCurves.getByName("secp256r1").getN().subtract(BigInteger.ONE), random);
        List<Double> evaluated = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> fresh = new ArrayList<>();
        // The first is to warm up all.
        for (int round = 0; round <= ROUNDS; round++) {
            double evaluations = perSecond(() -> evaluate(server, sent));
            double multiples = perSecond(() -> multiply(points, scalar));
            double freshMultiples = freshPerSecond(sent, scalar);
            System.err.printf(
                    Locale.ROOT,
                    "round %d of %d: %.0f evaluations/s with proofs, %.0f bare multiplications/s, %.0f of fresh points%n",
                    round,
                    ROUNDS,
                    evaluations,
                    multiples,
                    freshMultiples);
            if (round > 0) {
                evaluated.add(evaluations);
                bare.add(multiples);
                fresh.add(freshMultiples);
            }
        }
        return List.of(
                new Benchmarks.Figure("private", VerifyRun.median(evaluated), "evaluations/s", VerifyRun.median(bare)),
                new Benchmarks.Figure(
                        "private.fresh", VerifyRun.median(evaluated), "evaluations/s", VerifyRun.median(fresh)));
    }

    /** Reading the points is not in the time. */
    private static double freshPerSecond(List<byte[]> sent, BigInteger scalar) {
        long done = 0;
        long took = 0;
        do {
            ECPoint[] points = points(sent);
            long begun = System.nanoTime();
            multiply(points, scalar);
            took += System.nanoTime() - begun;
            done += BATCH;
        } while (took < ROUND_NANOS);
        return done * (double) TimeUnit.SECONDS.toNanos(1) / took;
    }

    private static double perSecond(Work work) throws OprfException {
        long begun = System.nanoTime();
        long done = 0;
        long took;
        do {
            work.run();
            done += BATCH;
            took = System.nanoTime() - begun;
        } while (took < ROUND_NANOS);
        return done * (double) TimeUnit.SECONDS.toNanos(1) / took;
    }

    private Evaluation evaluate(OprfServer server, List<byte[]> sent) throws OprfException {
        List<Element> elements = new ArrayList<>(sent.size());
        for (byte[] bytes : sent) {
            elements.add(Element.decode(bytes));
        }
        Evaluation evaluation = server.evaluateWithProof(elements, random);
        long bytes = evaluation.elements().stream()
                .mapToLong(element -> element.encode().length)
                .sum();
        if (bytes != 33L * sent.size()) {
            throw new IllegalStateException("an evaluated element has 33 bytes");
        }
        return evaluation;
    }

    private static void multiply(ECPoint[] points, BigInteger scalar) {
        ECPoint[] multiples = new ECPoint[points.length];
        for (int i = 0; i < points.length; i++) {
            multiples[i] = points[i].multiply(scalar);
        }
        points[0].getCurve().normalizeAll(multiples);
    }

    private static ECPoint[] points(List<byte[]> encoded) {
        ECCurve curve = CustomNamedCurves.getByName("secp256r1").getCurve();
        return encoded.stream().map(curve::decodePoint).toArray(ECPoint[]::new);
    }
}
