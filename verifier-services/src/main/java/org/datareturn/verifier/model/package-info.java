/** Models that place a subject in a band: declared, assessed on the features they will meet, approved, and asked by name only. */
@NullMarked
package org.datareturn.verifier.model;

import org.jspecify.annotations.NullMarked;
