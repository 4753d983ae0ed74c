package org.datareturn.sandbox.identity;

/**
 * Whom a proof of identity names. It says who, never what they may do: that is the register's to say.
 *
 * @param organisation credit code (GB 32100)
 * @param operator the operator's name within the organisation, {@code [a-z0-9-]{1,64}}
 */
public record Principal(String organisation, String operator) {
    /**
     * @throws IllegalArgumentException when either is malformed
     */
    public Principal {
        if (!CreditCode.isValid(organisation) || !operator.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("not an organisation's code and operator's name");
        }
    }

    @Override
    public String toString() {
        return organisation + "/" + operator;
    }
}
