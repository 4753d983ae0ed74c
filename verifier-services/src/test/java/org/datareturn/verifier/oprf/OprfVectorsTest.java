package org.datareturn.verifier.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Held to the vectors of RFC 9497, appendix A.3: every key, blind, evaluation, proof and output. */
class OprfVectorsTest {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void derivesKeysAsPublished(Mode mode) throws IOException, OprfException {
        JsonNode suite = Vectors.oprf(mode);
        KeyPair key = key(mode, suite);
        assertThat(P256.encode(key.secret())).isEqualTo(Vectors.bytes(suite.path("skSm")));
        assertThat(mode.tag("HashToGroup-")).isEqualTo(Vectors.bytes(suite.path("groupDST")));
        if (mode == Mode.VOPRF) {
            assertThat(key.publicKey().encode()).isEqualTo(Vectors.bytes(suite.path("pkSm")));
        }
    }

    @Test
    void blindsEvaluatesAndFinalisesAsPublished() throws IOException, OprfException {
        JsonNode suite = Vectors.oprf(Mode.OPRF);
        OprfServer server = new OprfServer(key(Mode.OPRF, suite));
        assertThat(suite.path("vectors")).hasSizeGreaterThanOrEqualTo(2);
        for (JsonNode vector : suite.path("vectors")) {
            List<byte[]> inputs = Vectors.byteStrings(vector.path("Input"));
            List<BlindedInput> blinded = BlindedInput.blind(Mode.OPRF, inputs, Vectors.scalars(vector.path("Blind")));
            assertThat(elementsOf(blinded)).isEqualTo(Vectors.elements(vector.path("BlindedElement")));

            List<Element> evaluated = server.evaluate(elementsOf(blinded));
            assertThat(evaluated).isEqualTo(Vectors.elements(vector.path("EvaluationElement")));

            List<byte[]> outputs = Vectors.byteStrings(vector.path("Output"));
            assertThat(new OprfClient().finalise(blinded, evaluated)).containsExactlyElementsOf(outputs);
            assertThat(server.outputs(inputs)).containsExactlyElementsOf(outputs);
        }
    }

    @Test
    void blindsEvaluatesProvesAndFinalisesBatchesAsPublished() throws IOException, OprfException {
        JsonNode suite = Vectors.oprf(Mode.VOPRF);
        OprfServer server = new OprfServer(key(Mode.VOPRF, suite));
        VoprfClient client = new VoprfClient(Element.decode(Vectors.bytes(suite.path("pkSm"))));
        assertThat(suite.path("vectors")).hasSizeGreaterThanOrEqualTo(3);
        for (JsonNode vector : suite.path("vectors")) {
            List<byte[]> inputs = Vectors.byteStrings(vector.path("Input"));
            assertThat(inputs).hasSize(vector.path("Batch").asInt());
            List<BlindedInput> blinded = BlindedInput.blind(Mode.VOPRF, inputs, Vectors.scalars(vector.path("Blind")));
            assertThat(elementsOf(blinded)).isEqualTo(Vectors.elements(vector.path("BlindedElement")));

            Evaluation evaluation = server.evaluateWithProof(
                    elementsOf(blinded),
                    Vectors.scalars(vector.path("Proof").path("r")).getFirst());
            assertThat(evaluation.elements()).isEqualTo(Vectors.elements(vector.path("EvaluationElement")));
            byte[] proof = Vectors.bytes(vector.path("Proof").path("proof"));
            assertThat(evaluation.proof().encode()).isEqualTo(proof);

            List<byte[]> outputs = Vectors.byteStrings(vector.path("Output"));
            Evaluation published =
                    new Evaluation(Vectors.elements(vector.path("EvaluationElement")), Proof.decode(proof));
            assertThat(client.finalise(blinded, published)).containsExactlyElementsOf(outputs);
            assertThat(server.outputs(inputs)).containsExactlyElementsOf(outputs);
        }
    }

    private static KeyPair key(Mode mode, JsonNode suite) throws OprfException {
        return KeyPair.derive(mode, Vectors.bytes(suite.path("seed")), Vectors.bytes(suite.path("keyInfo")));
    }

    private static List<Element> elementsOf(List<BlindedInput> blinded) {
        return blinded.stream().map(BlindedInput::element).toList();
    }
}
