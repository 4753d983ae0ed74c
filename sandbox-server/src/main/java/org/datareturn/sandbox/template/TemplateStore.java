package org.datareturn.sandbox.template;

import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;

/** Where templates are kept. Every method throws {@link ControlStoreException} when the store cannot answer. */
public interface TemplateStore {
    /** What came of a step. */
    enum Advanced {
        /** It was taken, and is durable. */
        YES,
        /** Another step came first; nothing was changed. */
        VERSION_DIFFERS
    }

    /** Keeps a new template with its first step. */
    void add(StoredTemplate template);

    /** Keeps a template after one step more: status, assessment and the step, all or nothing. */
    Advanced advance(StoredTemplate after);

    /** The template of an id. */
    Optional<StoredTemplate> find(String id);

    /** Every template, newest first. */
    List<StoredTemplate> all();
}
