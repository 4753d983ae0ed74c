package org.datareturn.verifier.model;

/**
 * Which model exactly: another byte in its file or declaration is another model.
 *
 * @param name its name
 * @param version its version, from 1
 * @param declarationSha256 digest of the declaration's text
 * @param fileSha256 digest of the ONNX file
 */
public record ModelFingerprint(String name, int version, String declarationSha256, String fileSha256) {}
