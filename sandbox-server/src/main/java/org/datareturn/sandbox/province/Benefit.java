package org.datareturn.sandbox.province;

/**
 * One benefit claim. A person may have none, one or many.
 *
 * @param person index of the person
 * @param kind the benefit
 * @param year the year it was paid
 * @param amountYuan amount paid in that year, yuan, at least 1
 */
public record Benefit(int person, BenefitKind kind, int year, int amountYuan) {}
