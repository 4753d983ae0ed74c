/**
 * The two policy engines behind {@link org.datareturn.policy.PolicyDecisionPoint}: the same Rego policies compiled to
 * WebAssembly and run in this process, or asked of an OPA server beside it. Both speak the documents of {@link
 * org.datareturn.policy.opa.wire} and both turn everything that is not a well-formed decision into a denial.
 */
@NullMarked
package org.datareturn.policy.opa;

import org.jspecify.annotations.NullMarked;
