package org.datareturn.verifier.probing;

import java.time.Instant;

/**
 * One distinct thing remembered in a cell.
 *
 * @param item what it is: a keyed token
 * @param sketch its likeness to others of the cell, from {@link org.datareturn.verifier.tokens.ProbeTokens#sketch}; empty
 *     where likeness plays no part
 * @param at when it was first met
 */
public record ProbeEntry(String item, String sketch, Instant at) {}
