package org.datareturn.sandbox.model;

import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * Where registered models are kept. A change that has returned is seen by every later read, in this process and in every
 * other over the same database. Every method throws {@link ControlStoreException} when the store cannot answer. Thread-safe.
 */
public interface ModelStore {
    /** What came of a change. */
    enum Applied {
        /** It was made, and is durable. */
        YES,
        /** The model stood otherwise than was expected; nothing was changed. */
        OTHERWISE
    }

    /** Keeps a model nobody registered before; {@link Applied#OTHERWISE} when there is one of that name and version. */
    Applied register(RegisteredModel model);

    /** Makes one change and writes its history, both or neither. */
    Applied apply(String name, int version, ModelChange change);

    /** A model of a name and version. */
    Optional<RegisteredModel> find(String name, int version);

    /** Every version of a model, oldest first. */
    List<RegisteredModel> versions(String name);

    /** Every version of every model, newest first. */
    List<RegisteredModel> all();

    /** A model's changes, oldest first. */
    List<ModelChange> history(String name, int version);
}
