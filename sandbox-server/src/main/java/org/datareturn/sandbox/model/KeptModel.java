package org.datareturn.sandbox.model;

import org.datareturn.verifier.model.ModelDeclaration;

/**
 * A model as it was sent: its declaration's text, read, and its file. Immutable.
 */
final class KeptModel {
    private final String text;
    private final ModelDeclaration declaration;
    private final byte[] file;

    /**
     * A model.
     *
     * @param text the declaration as sent, YAML
     * @param declaration the same, read
     * @param file the ONNX file
     */
    KeptModel(String text, ModelDeclaration declaration, byte[] file) {
        this.text = text;
        this.declaration = declaration;
        this.file = file.clone();
    }

    String text() {
        return text;
    }

    ModelDeclaration declaration() {
        return declaration;
    }

    byte[] file() {
        return file.clone();
    }
}
