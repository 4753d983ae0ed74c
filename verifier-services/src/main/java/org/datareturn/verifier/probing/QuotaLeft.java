package org.datareturn.verifier.probing;

/**
 * How many calls may still be made today (UTC), after the one that was answered. Where several servers count together, each may
 * be behind by a hundredth of a grant's quota and by 64 calls at most. Counted before anything is looked up, so it tells nothing of an
 * answer, and only of the caller's own grant and operator.
 *
 * @param grantCalls under the grant, by all of its operators
 * @param operatorCalls by the operator, under all of its grants
 */
public record QuotaLeft(long grantCalls, long operatorCalls) {}
