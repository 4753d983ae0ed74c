package org.datareturn.verifier.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * One ONNX model in ONNX Runtime: single-threaded and sequential, the CPU only, no operators of others. The runtime's
 * native library is loaded with the first model, so a node without models does not pay for it. Thread-safe; close it when
 * nobody will ask any more, asking afterwards gives no score.
 */
final class ModelScorer implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxFile names;
    private final int width;
    /** Closing frees native memory a run would still be reading: runs share the lock, closing takes it alone. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    private ModelScorer(OrtEnvironment environment, OrtSession session, OnnxFile names, int width) {
        this.environment = environment;
        this.session = session;
        this.names = names;
        this.width = width;
    }

    /** What came of opening a file. */
    sealed interface Opening {
        /** It is open, and its inputs and output are as declared. */
        record Opened(ModelScorer scorer) implements Opening {}

        /** It is not. */
        record Refused(Refusal refusal) implements Opening {}
    }

    /**
     * Opens a model.
     *
     * @param file the file's bytes, the very ones that are looked through and run
     */
    static Opening open(byte[] file, ModelDeclaration declaration) {
        OnnxFile names = declaration.onnx();
        if (!Sha256.hex(file).equals(names.sha256())) {
            return refused(VerifierReason.MODEL_DIGEST);
        }
        switch (OnnxGraph.look(file)) {
            case OnnxGraph.Look.NoModel none -> {
                return refused(VerifierReason.MODEL_FILE);
            }
            case OnnxGraph.Look.Forbidden(String what) -> {
                return refused(VerifierReason.MODEL_GRAPH, what);
            }
            case OnnxGraph.Look.Fine fine -> {}
        }
        Optional<Refusal> fault = RuntimeFault.ofThisProcess();
        if (fault.isPresent()) {
            return new Opening.Refused(fault.get());
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            OrtSession session = environment.createSession(file, options);
            Optional<String> unlike = unlike(session, declaration);
            if (unlike.isPresent()) {
                session.close();
                return refused(VerifierReason.MODEL_SHAPE, unlike.get());
            }
            return new Opening.Opened(new ModelScorer(environment, session, names, declaration.width()));
        } catch (OrtException e) {
            // Its message may quote the file; the author has other tools to look into it.
            return refused(VerifierReason.MODEL_FILE);
        }
    }

    /** In what the model differs from its declaration. */
    private static Optional<String> unlike(OrtSession session, ModelDeclaration declaration) throws OrtException {
        OnnxFile names = declaration.onnx();
        if (!session.getInputNames().equals(Set.of(names.input()))) {
            return Optional.of("input names");
        }
        if (!session.getOutputNames().contains(names.output())) {
            return Optional.of("output name");
        }
        if (!isRow(session.getInputInfo().get(names.input()), declaration.width(), declaration.width())) {
            return Optional.of("input shape, want " + declaration.width());
        }
        return isRow(session.getOutputInfo().get(names.output()), names.column() + 1, Integer.MAX_VALUE)
                ? Optional.empty()
                : Optional.of("output shape");
    }

    /** Whether a tensor is of floats and of shape [1 or free, from least to most]. */
    private static boolean isRow(@org.jspecify.annotations.Nullable NodeInfo node, int least, int most) {
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
            return false;
        }
        long[] shape = tensor.getShape();
        return tensor.type == OnnxJavaType.FLOAT
                && shape.length == 2
                && (shape[0] == 1 || shape[0] == -1)
                && shape[1] >= least
                && shape[1] <= most;
    }

    /**
     * Scores one person.
     *
     * @param features as many numbers as the declaration is wide
     * @return the score, or nothing when the model gave no finite number
     */
    OptionalDouble score(float[] features) {
        if (features.length != width) {
            throw new IllegalArgumentException("want " + width + " numbers, were " + features.length);
        }
        Lock running = life.readLock();
        running.lock();
        try {
            return closed ? OptionalDouble.empty() : run(features);
        } finally {
            running.unlock();
        }
    }

    private OptionalDouble run(float[] features) {
        try (OnnxTensor row = OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), new long[] {1, width});
                OrtSession.Result result = session.run(Map.of(names.input(), row), Set.of(names.output()))) {
            OnnxValue value = result.get(0);
            if (!(value instanceof OnnxTensor tensor) || tensor.getInfo().type != OnnxJavaType.FLOAT) {
                return OptionalDouble.empty();
            }
            FloatBuffer scores = tensor.getFloatBuffer();
            if (tensor.getInfo().getShape().length != 2
                    || tensor.getInfo().getShape()[0] != 1
                    || names.column() >= scores.remaining()) {
                return OptionalDouble.empty();
            }
            float score = scores.get(names.column());
            return Float.isFinite(score) ? OptionalDouble.of(score) : OptionalDouble.empty();
        } catch (OrtException e) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public void close() {
        Lock closing = life.writeLock();
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model's native memory could not be given back", e);
        } finally {
            closing.unlock();
        }
    }

    private static Opening refused(VerifierReason reason, String... arguments) {
        return new Opening.Refused(Refusal.of(reason, arguments));
    }
}
