/** The agency's side of the private check: blinds its list, verifies the proof, finalises and looks up. */
@NullMarked
package org.datareturn.verifier.client;

import org.jspecify.annotations.NullMarked;
