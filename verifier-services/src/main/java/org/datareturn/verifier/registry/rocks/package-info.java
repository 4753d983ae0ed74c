/** A registry kept in RocksDB files on this machine; the only room that imports RocksDB. */
@NullMarked
package org.datareturn.verifier.registry.rocks;

import org.jspecify.annotations.NullMarked;
