package org.datareturn.sandbox.identity;

/**
 * An operator as the register knows it now.
 *
 * @param operator the operator
 * @param organisation its organisation
 * @param standing whether it may call
 */
public record RegisteredOperator(Operator operator, Organisation organisation, Standing standing) {
    /** Whether an operator may call. */
    public enum Standing {
        /** May call. */
        ENABLED,
        /** May not: the operator or its whole organisation has been disabled. */
        DISABLED
    }
}
