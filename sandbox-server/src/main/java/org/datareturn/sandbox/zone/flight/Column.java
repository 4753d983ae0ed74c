package org.datareturn.sandbox.zone.flight;

/**
 * One column of an answer or of a granted table.
 *
 * @param name its name or alias, any text
 * @param type its SQL type
 * @param nullable whether cells may be NULL
 */
public record Column(String name, SqlType type, boolean nullable) {}
