package org.datareturn.sandbox.province;

/**
 * A household: persons {@code firstPerson … firstPerson + size - 1}, the first of them its head.
 *
 * @param index its place among the households
 * @param county where it lives
 * @param firstPerson index of its head
 * @param size number of members, at least 1
 */
public record Household(int index, County county, int firstPerson, int size) {}
