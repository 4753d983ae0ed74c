package org.datareturn.verifier.client;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.verifier.oprf.BlindedInput;
import org.datareturn.verifier.oprf.Element;
import org.datareturn.verifier.oprf.Evaluation;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.oprf.Proof;
import org.datareturn.verifier.oprf.VoprfClient;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateItem;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.privatecheck.RowKeys;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * An agency's side of the private check in one epoch: {@link #blind} the list, send its elements, {@link #finalise} the
 * answer, {@link #lookUp} in the downloaded table. Longer lists go in several batches. Thread-safe.
 */
public final class PrivateCheckClient {
    private final PublishedEpoch epoch;
    private final VoprfClient voprf;
    private final SecureRandom random;

    /**
     * A client of one epoch.
     *
     * @param epoch the announcement, taken from where every client gets the same
     * @param random where blinds come from
     */
    public PrivateCheckClient(PublishedEpoch epoch, SecureRandom random) {
        this.epoch = epoch;
        this.voprf = new VoprfClient(epoch.publicKey());
        this.random = random;
    }

    /**
     * Hides a list, each item by a fresh blind: sent twice, it has nothing in common with itself.
     *
     * @throws PrivateCheckException when the list is empty or longer than {@link Evaluation#MAX_BATCH}
     */
    public BlindedBatch blind(List<PrivateItem> items) throws PrivateCheckException {
        if (items.isEmpty() || items.size() > Evaluation.MAX_BATCH) {
            throw new PrivateCheckException(VerifierReason.PRIVATE_BATCH_SIZE, Integer.toString(Evaluation.MAX_BATCH));
        }
        try {
            List<byte[]> inputs = items.stream().map(PrivateItem::plainBytes).toList();
            return new BlindedBatch(voprf.blind(inputs, random));
        } catch (OprfException e) {
            throw new IllegalArgumentException("an item longer than 65,535 bytes", e);
        }
    }

    /**
     * Verifies that the announced key was used for every item, and removes the blinds.
     *
     * @param evaluated the evaluated elements, in order
     * @param proof the proof, 64 bytes
     * @throws PrivateCheckException when the answer is malformed or its proof does not hold
     */
    public FinalisedBatch finalise(BlindedBatch batch, List<byte[]> evaluated, byte[] proof)
            throws PrivateCheckException {
        List<BlindedInput> inputs = batch.inputs();
        if (evaluated.size() != inputs.size()) {
            throw new PrivateCheckException(VerifierReason.PRIVATE_ANSWER_MALFORMED);
        }
        Evaluation evaluation = decode(evaluated, proof);
        try {
            byte[] edition = epoch.edition();
            return new FinalisedBatch(voprf.finalise(inputs, evaluation).stream()
                    .map(output -> RowKeys.derive(output, edition))
                    .toList());
        } catch (OprfException e) {
            PrivateCheckException refused = new PrivateCheckException(VerifierReason.PRIVATE_PROOF_REFUSED);
            refused.initCause(e);
            throw refused;
        }
    }

    private static Evaluation decode(List<byte[]> evaluated, byte[] proof) throws PrivateCheckException {
        try {
            List<Element> elements = new ArrayList<>(evaluated.size());
            for (byte[] bytes : evaluated) {
                elements.add(Element.decode(bytes));
            }
            return new Evaluation(elements, Proof.decode(proof));
        } catch (OprfException e) {
            PrivateCheckException refused = new PrivateCheckException(VerifierReason.PRIVATE_ANSWER_MALFORMED);
            refused.initCause(e);
            throw refused;
        }
    }

    /**
     * Looks a batch up in the table, read once from start to end whatever is looked for. No answer is given before the
     * whole table has proved to be the one announced.
     *
     * @param table the table as downloaded; not closed here
     * @return an answer for each item, in order
     * @throws PrivateCheckException when the table is not the one announced
     * @throws IOException when it cannot be read
     */
    public List<PrivateAnswer> lookUp(FinalisedBatch batch, InputStream table)
            throws PrivateCheckException, IOException {
        return new TableReader(epoch).answers(batch.rows(), table);
    }
}
