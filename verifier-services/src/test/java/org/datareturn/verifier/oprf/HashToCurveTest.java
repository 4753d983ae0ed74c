package org.datareturn.verifier.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to the vectors of RFC 9380, appendices J.1.1 and K.1, K.2. */
class HashToCurveTest {
    @ParameterizedTest
    @ValueSource(strings = {"expand_message_xmd_SHA256_38.json", "expand_message_xmd_SHA256_256.json"})
    void expandsMessagesAsPublished(String file) throws IOException {
        JsonNode vectors = Vectors.read("rfc9380-hash2curve/" + file);
        byte[] dst = vectors.path("DST").asText().getBytes(StandardCharsets.UTF_8);
        assertThat(vectors.path("tests")).hasSizeGreaterThanOrEqualTo(10);
        for (JsonNode test : vectors.path("tests")) {
            int length = Vectors.number(test.path("len_in_bytes")).intValueExact();
            assertThat(HashToCurve.expandMessageXmd(
                            test.path("msg").asText().getBytes(StandardCharsets.UTF_8), dst, length))
                    .isEqualTo(Vectors.bytes(test.path("uniform_bytes")));
        }
    }

    @Test
    void hashesToFieldAndCurveAsPublished() throws IOException {
        JsonNode vectors = Vectors.read("rfc9380-hash2curve/P256_XMD_SHA-256_SSWU_RO_.json");
        byte[] dst = vectors.path("dst").asText().getBytes(StandardCharsets.UTF_8);
        assertThat(vectors.path("vectors")).hasSizeGreaterThanOrEqualTo(5);
        for (JsonNode vector : vectors.path("vectors")) {
            byte[] message = vector.path("msg").asText().getBytes(StandardCharsets.UTF_8);
            BigInteger[] u = HashToCurve.hashToField(message, dst, P256.PRIME, 2);
            assertThat(u)
                    .containsExactly(
                            Vectors.number(vector.path("u").path(0)),
                            Vectors.number(vector.path("u").path(1)));
            assertIs(HashToCurve.mapToCurve(u[0]), vector.path("Q0"));
            assertIs(HashToCurve.mapToCurve(u[1]), vector.path("Q1"));
            assertIs(HashToCurve.hashToCurve(message, dst), vector.path("P"));
        }
    }

    /** u = 0 leaves the map's fraction without a denominator. */
    @Test
    void mapsTheExceptionalNumberToThePointOfTheSpecification() {
        ECPoint point = HashToCurve.mapToCurve(BigInteger.ZERO);
        assertThat(point.isValid()).isTrue();
        // x = B / (Z · A) or Z · 0² · that, which is 0: then y² = B.
        BigInteger x = point.getAffineXCoord().toBigInteger();
        BigInteger a = P256.PRIME.subtract(BigInteger.valueOf(3));
        BigInteger z = P256.PRIME.subtract(BigInteger.TEN);
        BigInteger b = P256.CURVE.getB().toBigInteger();
        assertThat(x.multiply(z).multiply(a).subtract(b).mod(P256.PRIME).equals(BigInteger.ZERO)
                        || x.equals(BigInteger.ZERO))
                .isTrue();
        assertThat(point.getAffineYCoord().testBitZero()).isFalse();
    }

    @Test
    void refusesMoreBytesThanOneByteCountsBlocks() {
        assertThatThrownBy(() -> HashToCurve.expandMessageXmd(new byte[0], new byte[] {1}, 8161))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8161");
    }

    private static void assertIs(ECPoint point, JsonNode expected) {
        ECPoint affine = point.normalize();
        assertThat(affine.getAffineXCoord().toBigInteger()).isEqualTo(Vectors.number(expected.path("x")));
        assertThat(affine.getAffineYCoord().toBigInteger()).isEqualTo(Vectors.number(expected.path("y")));
    }
}
