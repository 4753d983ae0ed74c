package org.datareturn.verifier.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a source is made an edition.
 *
 * @param origin where the data come from
 * @param policy what to do about bad rows
 * @param newestBy a column of days: of the rows about one subject those of the latest day count, and the others are what was
 *     true once, such as a name before it was changed. Where there is none, rows that disagree contradict each other
 * @param keptIn a folder of this registry's loads alone, in which what was read is kept as sorted tokens until an edition
 *     stands, so that a load which broke off goes on from there; without one a load that broke off begins anew
 */
public record LoadPlan(EditionOrigin origin, RowPolicy policy, Optional<String> newestBy, Optional<Path> keptIn) {
    /** A plan that takes no row for newer than another and keeps nothing. */
    public static LoadPlan of(EditionOrigin origin, RowPolicy policy) {
        return new LoadPlan(origin, policy, Optional.empty(), Optional.empty());
    }

    /** The same, with a column that says which row about a subject is the newest. */
    public LoadPlan newestBy(String column) {
        return new LoadPlan(origin, policy, Optional.of(column), keptIn);
    }

    /** The same, going on where it broke off. */
    public LoadPlan keptIn(Path folder) {
        return new LoadPlan(origin, policy, newestBy, Optional.of(folder));
    }
}
