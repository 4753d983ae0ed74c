/**
 * Against probing: how much may be asked about one person, by one operator and under one grant, what looks like
 * enumeration, and what follows from it. Knows persons by keyed tokens only.
 */
@NullMarked
package org.datareturn.verifier.probing;

import org.jspecify.annotations.NullMarked;
