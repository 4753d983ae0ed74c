package org.datareturn.sandbox.zone.store;

/**
 * Which edition is in use.
 *
 * @param edition its number
 * @param editionId its random identity, 32 hex digits
 * @param manifestDigest SHA-256 of its encrypted manifest file, hex
 */
record EditionPointer(long edition, String editionId, String manifestDigest) {}
