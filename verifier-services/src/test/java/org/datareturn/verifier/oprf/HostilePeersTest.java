package org.datareturn.verifier.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.datareturn.verifier.oprf.OprfException.Fault;
import org.junit.jupiter.api.Test;

class HostilePeersTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OprfServer server = new OprfServer(key(1));
    private final VoprfClient client = new VoprfClient(server.publicKey());

    @Test
    void refusesTheIdentity() {
        refuses(Fault.ELEMENT_IS_IDENTITY, () -> Element.decode(new byte[1]));
        refuses(Fault.ELEMENT_IS_IDENTITY, () -> Element.of(P256.CURVE.getInfinity()));
    }

    @Test
    void refusesElementsOfAnyOtherLength() {
        byte[] good = server.publicKey().encode();
        for (int length : new int[] {0, 2, 32, 34, 65}) {
            refuses(Fault.ELEMENT_LENGTH, () -> Element.decode(Arrays.copyOf(good, length)));
        }
        byte[] uncompressed = P256.GENERATOR.getEncoded(false);
        refuses(Fault.ELEMENT_LENGTH, () -> Element.decode(uncompressed));
    }

    @Test
    void refusesPointsOffTheCurve() throws OprfException {
        int refused = 0;
        byte[] bytes = server.publicKey().encode();
        for (int last = 0; last < 256; last++) {
            bytes[32] = (byte) last;
            BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33));
            BigInteger square = x.pow(3)
                    .subtract(x.multiply(BigInteger.valueOf(3)))
                    .add(P256.CURVE.getB().toBigInteger())
                    .mod(P256.PRIME);
            boolean onCurve = square.modPow(P256.PRIME.subtract(BigInteger.ONE).shiftRight(1), P256.PRIME)
                    .equals(BigInteger.ONE);
            if (onCurve) {
                assertThat(Element.decode(bytes).encode()).isEqualTo(bytes);
            } else {
                refuses(Fault.ELEMENT_NOT_ON_CURVE, () -> Element.decode(bytes));
                refused++;
            }
        }
        assertThat(refused).isBetween(80, 176);
    }

    @Test
    void refusesCoordinatesBeyondTheFieldAndUnknownForms() {
        byte[] beyond = new byte[33];
        beyond[0] = 2;
        // 5 is the x of a point of the curve; 5 + p must not be taken for it.
        System.arraycopy(P256.encode(P256.PRIME.add(BigInteger.valueOf(5))), 0, beyond, 1, 32);
        refuses(Fault.ELEMENT_NOT_ON_CURVE, () -> Element.decode(beyond));
        byte[] form = server.publicKey().encode();
        for (int first : new int[] {0, 1, 4, 5, 6, 7, 255}) {
            form[0] = (byte) first;
            refuses(Fault.ELEMENT_NOT_ON_CURVE, () -> Element.decode(form));
        }
    }

    @Test
    void refusesScalarsOutOfRangeOrOfAnotherLength() throws OprfException {
        refuses(Fault.SCALAR_RANGE, () -> P256.decodeScalar(P256.encode(P256.ORDER)));
        refuses(Fault.SCALAR_RANGE, () -> KeyPair.decode(Mode.VOPRF, P256.encode(P256.ORDER)));
        refuses(Fault.SCALAR_RANGE, () -> KeyPair.decode(Mode.VOPRF, new byte[32]));
        refuses(Fault.SCALAR_LENGTH, () -> KeyPair.decode(Mode.VOPRF, new byte[31]));
        refuses(Fault.SCALAR_LENGTH, () -> P256.decodeScalar(new byte[33]));
        BigInteger largest = P256.ORDER.subtract(BigInteger.ONE);
        assertThat(P256.decodeScalar(P256.encode(largest))).isEqualTo(largest);

        byte[] proof = new byte[64];
        Arrays.fill(proof, 32, 64, (byte) 0xFF);
        refuses(Fault.SCALAR_RANGE, () -> Proof.decode(proof));
        refuses(Fault.PROOF_LENGTH, () -> Proof.decode(new byte[63]));
        refuses(Fault.PROOF_LENGTH, () -> Proof.decode(new byte[65]));
    }

    @Test
    void refusesAProofWithAnyBitTurned() throws OprfException {
        List<BlindedInput> blinded = client.blind(inputs(3), RANDOM);
        Evaluation honest = server.evaluateWithProof(elements(blinded), RANDOM);
        byte[] proof = honest.proof().encode();
        for (int bit = 0; bit < proof.length * 8; bit += 37) {
            byte[] turned = proof.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            Evaluation tampered = new Evaluation(honest.elements(), Proof.decode(turned));
            refuses(Fault.PROOF_REFUSED, () -> client.finalise(blinded, tampered));
        }
    }

    @Test
    void refusesElementsEvaluatedUnderAnotherKeyOrMixedUp() throws OprfException {
        OprfServer other = new OprfServer(key(2));
        List<BlindedInput> blinded = client.blind(inputs(4), RANDOM);
        Evaluation honest = server.evaluateWithProof(elements(blinded), RANDOM);
        Evaluation foreign = other.evaluateWithProof(elements(blinded), RANDOM);
        refuses(Fault.PROOF_REFUSED, () -> client.finalise(blinded, foreign));

        List<Element> tagged = new ArrayList<>(honest.elements());
        tagged.set(2, foreign.elements().get(2));
        refuses(Fault.PROOF_REFUSED, () -> client.finalise(blinded, new Evaluation(tagged, honest.proof())));

        List<Element> swapped = new ArrayList<>(honest.elements());
        Collections.swap(swapped, 0, 1);
        refuses(Fault.PROOF_REFUSED, () -> client.finalise(blinded, new Evaluation(swapped, honest.proof())));

        List<Element> fewer = honest.elements().subList(0, 3);
        refuses(Fault.BATCH_SIZE, () -> client.finalise(blinded, new Evaluation(fewer, honest.proof())));
        refuses(Fault.BATCH_SIZE, () -> new OprfClient().finalise(blinded, fewer));
        assertThat(client.finalise(blinded, honest)).containsExactlyElementsOf(server.outputs(inputs(4)));
    }

    @Test
    void refusesBatchesAnIndexOfTwoBytesCannotCount() throws OprfException {
        List<Element> tooMany = Collections.nCopies(65_536, server.publicKey());
        refuses(Fault.BATCH_SIZE, () -> server.evaluateWithProof(tooMany, RANDOM));
        refuses(Fault.BATCH_SIZE, () -> server.evaluateWithProof(List.of(), RANDOM));
        refuses(Fault.BATCH_SIZE, () -> client.finalise(List.of(), new Evaluation(List.of(), anyProof())));
    }

    @Test
    void refusesInputsLongerThanTheirLengthFieldSays() {
        refuses(Fault.INPUT_LENGTH, () -> client.blind(List.of(new byte[65_536]), RANDOM));
        refuses(Fault.INPUT_LENGTH, () -> server.outputs(List.of(new byte[65_536])));
    }

    /** The bucket method against one multiplication after another, at sizes that use different windows. */
    @Test
    void addsUpWeightedPointsAsMultiplyingOneByOneDoes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int size : new int[] {1, 2, 7, 8, 33, 300}) {
            ECPoint[] points = new ECPoint[size];
            BigInteger[] weights = new BigInteger[size];
            ECPoint expected = P256.CURVE.getInfinity();
            for (int i = 0; i < size; i++) {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                weights[i] = i == 0 ? P256.ORDER.subtract(BigInteger.ONE) : new BigInteger(1, bytes).mod(P256.ORDER);
                points[i] =
                        P256.GENERATOR.multiply(BigInteger.valueOf(1 + i / 2)).normalize();
                expected = expected.add(points[i].multiply(weights[i]));
            }
            assertThat(WeightedSum.of(points, weights).equals(expected)).isTrue();
        }
    }

    /** More than share an inversion, and fewer; scalars at both ends, of either parity, with digits of every value. */
    @Test
    void multipliesManyPointsAsOneByOne() {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(P256.ORDER.subtract(BigInteger.valueOf(i)));
            scalars.add(BigInteger.valueOf(i).shiftLeft(250).add(BigInteger.valueOf(1234567 + i)));
        }
        scalars.add(new BigInteger("0123456789abcdeffedcba9876543210".repeat(2), 16));
        scalars.add(new BigInteger("10".repeat(32), 16));
        scalars.add(new BigInteger("0f".repeat(32), 16));
        ECPoint[] points = new ECPoint[300];
        for (int i = 0; i < points.length; i++) {
            points[i] = P256.GENERATOR.multiply(BigInteger.valueOf(1 + i / 2)).normalize();
        }
        for (BigInteger scalar : scalars) {
            ECPoint[] some = Arrays.copyOf(points, scalar.testBit(1) ? points.length : 3);
            ECPoint[] multiples = SecretMultiple.of(some, scalar);
            assertThat(multiples).hasSameSizeAs(some);
            for (int i = 0; i < some.length; i += 37) {
                assertThat(multiples[i].equals(ECAlgorithms.referenceMultiply(points[i], scalar)))
                        .as("multiple by %s of point %d", scalar, i)
                        .isTrue();
            }
        }
    }

    /** What shared inversions could stumble over: the same point often, a point and its negative, a sum of nothing. */
    @Test
    void addsUpPointsThatAreEqualOrCancelOut() {
        ECPoint point = P256.GENERATOR.multiply(BigInteger.valueOf(42)).normalize();
        BigInteger weight = P256.ORDER.subtract(BigInteger.TWO.pow(200).add(BigInteger.valueOf(77)));
        for (int size : new int[] {2, 7, 8, 40, 41}) {
            ECPoint[] same = new ECPoint[size];
            BigInteger[] weights = new BigInteger[size];
            Arrays.fill(same, point);
            Arrays.fill(weights, weight);
            ECPoint multiple =
                    point.multiply(weight.multiply(BigInteger.valueOf(size)).mod(P256.ORDER));
            assertThat(WeightedSum.of(same, weights).equals(multiple)).isTrue();

            ECPoint[] opposite = same.clone();
            for (int i = 0; i < size; i += 2) {
                opposite[i] = point.negate();
            }
            ECPoint left = size % 2 == 0
                    ? P256.CURVE.getInfinity()
                    : point.multiply(weight).negate();
            assertThat(WeightedSum.of(opposite, weights).equals(left)).isTrue();

            Arrays.fill(weights, BigInteger.ZERO);
            assertThat(WeightedSum.of(same, weights).isInfinity()).isTrue();
        }
    }

    private static Proof anyProof() {
        return new Proof(BigInteger.ONE, BigInteger.ONE);
    }

    private static KeyPair key(int number) {
        try {
            byte[] seed = new byte[KeyPair.SEED_BYTES];
            seed[0] = (byte) number;
            return KeyPair.derive(Mode.VOPRF, seed, new byte[0]);
        } catch (OprfException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> inputs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("input " + i).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Element> elements(List<BlindedInput> blinded) {
        return blinded.stream().map(BlindedInput::element).toList();
    }

    private static void refuses(Fault fault, ThrowingCallable call) {
        assertThatExceptionOfType(OprfException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
