package org.datareturn.sandbox.catalogue;

import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * The catalogue. A changed entry never widens a live grant: a grant lists its own fields. Thread-safe. Every method
 * throws {@link ControlStoreException} when the store cannot answer.
 */
public interface ResourceCatalogue {
    /**
     * Says whether a resource could be registered, and changes nothing.
     *
     * @throws IllegalArgumentException as {@link #register}
     */
    void requireFit(Resource resource);

    /**
     * Registers a resource, or its change. The same again changes nothing, version included.
     *
     * @throws UnfitResourceException when its provider or content authority is not registered, or the authority is
     *     not of the kind its library asks for (SD-3 §6.2)
     */
    CatalogueEntry register(Resource resource);

    /** The entry of that kind and name. */
    Optional<CatalogueEntry> find(Resource.Kind kind, String name);

    /** What can be applied for, by kind and name; entries that are not shared are listed with their basis. */
    List<CatalogueEntry> list();
}
