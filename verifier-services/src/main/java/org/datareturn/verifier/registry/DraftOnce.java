package org.datareturn.verifier.registry;

import java.io.IOException;

/** A draft that is published once or dropped once, whatever its store does for either. For one thread. */
public final class DraftOnce implements DraftEdition {
    private final Edition edition;
    private final Steps steps;
    private boolean tried;
    private boolean over;

    /** What its store does. */
    public interface Steps {
        /** As {@link DraftEdition#publish}. */
        void publish() throws IOException;

        /** Removes what was not published, or could not be. */
        void drop() throws IOException;
    }

    /** A draft of an edition. */
    public DraftOnce(Edition edition, Steps steps) {
        this.edition = edition;
        this.steps = steps;
    }

    @Override
    public Edition edition() {
        return edition;
    }

    @Override
    public Edition publish() throws IOException {
        if (tried || over) {
            throw new IOException("the draft was already published or dropped");
        }
        tried = true;
        steps.publish();
        over = true;
        return edition;
    }

    @Override
    public void close() throws IOException {
        if (!over) {
            over = true;
            steps.drop();
        }
    }
}
