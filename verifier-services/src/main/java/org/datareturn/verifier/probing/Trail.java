package org.datareturn.verifier.probing;

/**
 * One way a question bears on a person: the cell the person is known by, and what is tried there.
 *
 * @param cell what stays the same while candidates are tried
 * @param item the candidate
 * @param sketch its likeness to others, where that counts
 * @param likeness how candidates of the cell are counted
 */
record Trail(String cell, String item, String sketch, Likeness likeness) {}
