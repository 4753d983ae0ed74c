package org.datareturn.sandbox.zone.flight;

import java.util.List;

/** What came of asking what a grant shows: its tables, or a refusal. */
public sealed interface CatalogueReply permits CatalogueReply.Catalogue, Refused {
    /**
     * What the grant shows of its zone.
     *
     * @param tables the tables with at least one granted column
     */
    record Catalogue(List<GrantedTable> tables) implements CatalogueReply {
        public Catalogue {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A table as the grant shows it.
     *
     * @param name its name in SQL
     * @param columns the granted columns only, in the declaration's order
     */
    record GrantedTable(String name, List<Column> columns) {
        public GrantedTable {
            columns = List.copyOf(columns);
        }
    }
}
