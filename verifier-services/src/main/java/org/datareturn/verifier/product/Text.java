package org.datareturn.verifier.product;

/**
 * A text in both languages.
 *
 * @param zh in Chinese
 * @param en in English
 */
public record Text(String zh, String en) {}
