package org.datareturn.sandbox.grant;

import java.util.List;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * Where grants are kept and changed. Every method throws {@link ControlStoreException} when the store cannot answer.
 */
public interface GrantStore extends GrantDirectory {
    /** What came of a change. */
    enum Applied {
        /** It was made, and is durable. */
        YES,
        /** The grant was no longer in the status the change starts from; nothing was changed. */
        STATUS_DIFFERS
    }

    /** Makes one change and writes its history, both or neither. */
    Applied apply(String id, GrantChange change);

    /** A grant's history, oldest first; empty when there is no such grant. */
    List<GrantChange> history(String id);

    /** Grants of an organisation, newest first. */
    List<Grant> ofOrganisation(String organisation);
}
