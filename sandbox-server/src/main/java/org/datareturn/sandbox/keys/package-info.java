/**
 * The node's keys: one ring, kept in a folder apart from the data, loaded at start and never silently made anew. Other
 * rooms get what a key can do (encrypt, sign, derive tokens), not its bytes; whoever needs bytes must hold a
 * {@link org.datareturn.sandbox.keys.KeyBytesAccess}, which is easy to search for.
 */
@NullMarked
package org.datareturn.sandbox.keys;

import org.jspecify.annotations.NullMarked;
