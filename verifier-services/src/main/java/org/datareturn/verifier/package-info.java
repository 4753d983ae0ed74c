/** Placeholder. */
@org.jspecify.annotations.NullMarked
package org.datareturn.verifier;
