package org.datareturn.verifier.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datareturn.verifier.product.ProductDeclaration;

/**
 * A model as declared: its file, the features it takes, the bands it answers in and its card. The format is described in
 * {@code docs/models.md}. Made by {@link #parse} only, so that every instance is consistent. Immutable.
 */
public final class ModelDeclaration {
    private final int version;
    private final ProductDeclaration asked;
    private final OnnxFile onnx;
    private final List<ModelInput> inputs;
    private final List<Band> bands;
    private final int minGroupSize;
    private final ModelCard card;
    private final String sha256;

    ModelDeclaration(
            int version,
            ProductDeclaration asked,
            OnnxFile onnx,
            List<ModelInput> inputs,
            List<Band> bands,
            int minGroupSize,
            ModelCard card,
            String sha256) {
        this.version = version;
        this.asked = asked;
        this.onnx = onnx;
        this.inputs = List.copyOf(inputs);
        this.bands = List.copyOf(bands);
        this.minGroupSize = minGroupSize;
        this.card = card;
        this.sha256 = sha256;
    }

    /**
     * Reads a declaration.
     *
     * @param origin what to call the text in messages, such as its file name
     * @throws ModelDeclarationException listing everything that is wrong with it, each with its line
     */
    public static ModelDeclaration parse(String yaml, String origin) throws ModelDeclarationException {
        DeclaredNode root = DeclaredNode.parse(yaml, origin);
        return new ModelReader(root, Sha256.hex(yaml.getBytes(StandardCharsets.UTF_8))).read(origin);
    }

    /**
     * Reads a declaration's file.
     *
     * @throws ModelDeclarationException listing everything that is wrong with it, each with its line
     * @throws IOException when the file cannot be read as UTF-8
     */
    public static ModelDeclaration read(Path file) throws ModelDeclarationException, IOException {
        return parse(Files.readString(file), file.toString());
    }

    /** Its name, {@code [a-z0-9-]+}; grants and callers name it as they name a product. */
    public String name() {
        return asked.name();
    }

    /** Its version, from 1. */
    public int version() {
        return version;
    }

    /** What callers must send and a grant must cover: the request's fields and every column the model looks at. */
    public ProductDeclaration asked() {
        return asked;
    }

    /** Name of the feature table it reads. */
    public String table() {
        return asked.registry();
    }

    /** Its file. */
    public OnnxFile onnx() {
        return onnx;
    }

    /** What it takes, in the order of the input tensor. */
    public List<ModelInput> inputs() {
        return inputs;
    }

    /** Width of the input tensor. */
    public int width() {
        return inputs.stream().mapToInt(ModelInput::width).sum();
    }

    /** Its bands, lowest first; the last has no upper edge. */
    public List<Band> bands() {
        return bands;
    }

    /** The place of a score's band among {@link #bands}. */
    int bandOf(double score) {
        int at = 0;
        while (bands.get(at).upper().isPresent()
                && score >= bands.get(at).upper().getAsDouble()) {
            at++;
        }
        return at;
    }

    /** The least number of persons a band may hold, when it holds any. */
    public int minGroupSize() {
        return minGroupSize;
    }

    /** What a reviewer must know. */
    public ModelCard card() {
        return card;
    }

    /** Which model exactly. */
    public ModelFingerprint fingerprint() {
        return new ModelFingerprint(name(), version, sha256, onnx.sha256());
    }

    /** What sealed features are bound to: features sealed for one declaration open for no other. */
    String shape() {
        return "datareturn/features/v1|" + table() + "|" + name() + "|" + version + "|" + sha256;
    }
}
