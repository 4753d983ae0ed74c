package org.datareturn.sandbox.province;

import java.time.LocalDate;

/**
 * A marriage in force.
 *
 * @param husband index of the husband
 * @param wife index of the wife
 * @param registered date of registration; both were of legal age (22 and 20)
 */
public record Marriage(int husband, int wife, LocalDate registered) {}
