package org.datareturn.sandbox.zone.flight;

/**
 * Something the analyst should know about an answer, such as groups that were suppressed.
 *
 * @param code a stable code
 * @param messageZh in Chinese
 * @param messageEn in English
 */
public record Notice(String code, String messageZh, String messageEn) {}
