package org.datareturn.verifier.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The published vectors beside the project: their absence fails in CI and is said elsewhere. */
final class Vectors {
    private static final Path FOLDER = Path.of("../../shared/vectors");

    private Vectors() {}

    static JsonNode read(String file) throws IOException {
        Path path = FOLDER.resolve(file);
        boolean present = Files.isRegularFile(path);
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("../shared/vectors/%s must be there in CI", file)
                .isTrue();
        Assumptions.assumeTrue(present, "../shared/vectors/" + file + " is absent: not held to published vectors");
        return new ObjectMapper().readTree(path.toFile());
    }

    /** The suite's vectors of a mode of RFC 9497. */
    static JsonNode oprf(Mode mode) throws IOException {
        List<JsonNode> suites = new ArrayList<>();
        read("rfc9497-oprf/allVectors.json").forEach(suite -> {
            if (suite.path("identifier").asText().equals("P256-SHA256")
                    && suite.path("mode").asInt(-1) == mode.number()) {
                suites.add(suite);
            }
        });
        assertThat(suites).hasSize(1);
        return suites.getFirst();
    }

    static byte[] bytes(JsonNode node) {
        assertThat(node.isTextual()).isTrue();
        return HexFormat.of().parseHex(node.asText());
    }

    /** Several byte strings with commas between them. */
    static List<byte[]> byteStrings(JsonNode node) {
        assertThat(node.isTextual()).isTrue();
        return Arrays.stream(node.asText().split(",", -1))
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    static List<BigInteger> scalars(JsonNode node) {
        return byteStrings(node).stream().map(b -> new BigInteger(1, b)).toList();
    }

    /** A number written 0x…. */
    static BigInteger number(JsonNode node) {
        assertThat(node.asText()).startsWith("0x");
        return new BigInteger(node.asText().substring(2), 16);
    }

    static List<Element> elements(JsonNode node) throws OprfException {
        List<Element> elements = new ArrayList<>();
        for (byte[] bytes : byteStrings(node)) {
            elements.add(Element.decode(bytes));
        }
        return elements;
    }
}
