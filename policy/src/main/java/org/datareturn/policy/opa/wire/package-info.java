/**
 * What is said to a policy and what it answers, as JSON (RFC 8259): the input document, the decision document, and
 * their strict reader and writer. Names are snake case; an answer with a field nobody knows is refused, because an
 * obligation that is not understood cannot be met.
 */
@NullMarked
package org.datareturn.policy.opa.wire;

import org.jspecify.annotations.NullMarked;
