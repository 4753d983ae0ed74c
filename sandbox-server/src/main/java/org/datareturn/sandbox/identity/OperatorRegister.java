package org.datareturn.sandbox.identity;

import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * The register of organisations and operators: the only authority on roles and regions. What it says holds from the
 * next call; nothing is remembered between calls. Thread-safe. Every method throws {@link ControlStoreException} when
 * the store cannot answer.
 */
public interface OperatorRegister {
    /** The operator of that name, when registered. */
    Optional<RegisteredOperator> find(Principal principal);

    /** The organisation of that code, when registered. */
    Optional<Organisation> organisation(String code);

    /**
     * The data authority responsible for a region: the one of the region itself, else the nearest above (a county
     * without a node is served by its city, SD-3 §4).
     */
    Optional<Organisation> dataAuthorityFor(Region region);

    /** Registers an organisation or reports its change; whether it is enabled stays as it was. */
    void register(Organisation organisation);

    /**
     * Registers an operator or reports its change; whether it is enabled stays as it was. Its organisation must be
     * registered.
     */
    void register(Operator operator);

    /** Enables or disables an operator; unknown ones are left alone. */
    void set(Principal principal, RegisteredOperator.Standing standing);

    /** Enables or disables an organisation and so all of its operators; unknown ones are left alone. */
    void setOrganisation(String code, RegisteredOperator.Standing standing);
}
