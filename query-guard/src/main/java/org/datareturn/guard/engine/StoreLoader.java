package org.datareturn.guard.engine;

import java.util.List;

/** Brings an edition of a zone into one kind of engine. Thread-safe. */
public interface StoreLoader {
    /**
     * Loads all tables of an edition.
     *
     * @param zone the zone's name
     * @param tables its tables
     * @throws EngineException when the engine cannot be reached, is not safe to use or cannot hold the data; nothing of
     *     the edition is left in it then, as far as the engine can still be reached
     */
    EngineStore load(String zone, List<NumberedTable> tables) throws EngineException;
}
