/**
 * Oblivious pseudorandom functions, RFC 9497, ciphersuite P256-SHA256, in the modes OPRF and VOPRF: one side holds a key,
 * the other an input; the second learns the function's value, the first learns nothing. Points are hashed to as RFC 9380
 * says. The curve's arithmetic is Bouncy Castle's, which stays inside this room.
 */
@NullMarked
package org.datareturn.verifier.oprf;

import org.jspecify.annotations.NullMarked;
