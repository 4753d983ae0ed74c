package org.datareturn.guard;

import java.util.List;
import java.util.Set;
import org.datareturn.guard.declaration.Use;

/**
 * A table as one caller sees it.
 *
 * @param name its name
 * @param columns the columns this caller may use, in the order declared
 */
public record VisibleTable(String name, List<VisibleColumn> columns) {
    /**
     * A column as one caller sees it.
     *
     * @param name its name
     * @param sqlType the type conditions on it are written in
     * @param uses what it may be used for
     * @param bandEdges edges of its bands; empty when it is not banded
     */
    public record VisibleColumn(String name, String sqlType, Set<Use> uses, List<String> bandEdges) {
        public VisibleColumn {
            uses = Set.copyOf(uses);
            bandEdges = List.copyOf(bandEdges);
        }
    }

    public VisibleTable {
        columns = List.copyOf(columns);
    }
}
