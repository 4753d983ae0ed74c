package org.datareturn.sandbox.application;

import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.grant.Grant;

/** Where applications are kept. Every method throws {@link ControlStoreException} when the store cannot answer. */
public interface ApplicationStore {
    /** What came of a step. */
    enum Applied {
        /** It was taken, and is durable. */
        YES,
        /** Somebody else took a step first; nothing was changed. */
        VERSION_DIFFERS
    }

    /** Keeps a new application. */
    void add(Application application);

    /** The application of that name. */
    Optional<Application> find(String id);

    /** Every application an organisation filed, newest first. */
    List<Application> filedBy(String organisation);

    /** Applications in a status, longest waiting first. */
    List<Application> inStatus(ApplicationStatus status);

    /** Every application, newest first. */
    List<Application> all();

    /**
     * Makes one step durable, and the grant it issues with it: both or neither.
     *
     * @param after the application after its last step; the stored one must have the version before it
     * @param issued the grant, for an approval of content
     */
    Applied advance(Application after, Optional<Grant> issued);
}
