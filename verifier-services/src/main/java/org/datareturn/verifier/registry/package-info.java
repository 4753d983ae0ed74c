/** The registries products look things up in: editions of keyed tokens, how they are built and how they are read. */
@NullMarked
package org.datareturn.verifier.registry;

import org.jspecify.annotations.NullMarked;
