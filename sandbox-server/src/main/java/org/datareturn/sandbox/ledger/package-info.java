/**
 * The record nobody can bend unnoticed: an append-only transparency log (RFC 6962 hashing, C2SP tlog-tiles files,
 * signed-note checkpoints) whose entries are salted commitments, the encrypted journal behind it, and the receipts
 * that anyone can verify offline. Only {@link org.datareturn.sandbox.ledger.Ledger} can make a {@link
 * org.datareturn.sandbox.ledger.Recorded} answer, and it does so only once the entry is on disk.
 */
@NullMarked
package org.datareturn.sandbox.ledger;

import org.jspecify.annotations.NullMarked;
