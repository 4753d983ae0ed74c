package org.datareturn.verifier.privatecheck;

/**
 * An entry of the registry, as the answer table is made from it.
 *
 * @param item what it is about
 * @param answer what is answered; an entry whose answer is no cannot be told from none
 */
public record PrivateEntry(PrivateItem item, PrivateAnswer answer) {}
