package org.datareturn.sandbox.province;

/**
 * A county-level division.
 *
 * @param code its GB/T 2260 code, six digits
 * @param name its Chinese name
 * @param weight share of the province's persons, relative to the other counties
 */
public record County(String code, String name, int weight) {}
