package org.datareturn.verifier.model;

/**
 * The model's file as declared.
 *
 * @param file its name, beside the declaration; no folders
 * @param sha256 its digest, 64 lower-case hexadecimal digits
 * @param input the one input tensor, float, of shape [1 or batch, width]
 * @param output the output tensor the score is read from, float, of shape [1 or batch, columns]
 * @param column which column of the output is the score, from 0
 */
public record OnnxFile(String file, String sha256, String input, String output, int column) {}
