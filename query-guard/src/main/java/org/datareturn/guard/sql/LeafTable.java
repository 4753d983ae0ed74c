package org.datareturn.guard.sql;

import java.util.List;
import org.apache.calcite.plan.RelOptAbstractTable;
import org.apache.calcite.rel.type.RelDataType;

/** A leaf, as the plan above the cut sees it: a table with a name and columns, in no schema. */
final class LeafTable extends RelOptAbstractTable {
    private final String leaf;

    // The superclass does not ask anything of its schema here, and Calcite has no empty one.
    @SuppressWarnings("NullAway")
    LeafTable(String name, RelDataType type) {
        super(null, name, type);
        this.leaf = name;
    }

    @Override
    public List<String> getQualifiedName() {
        return List.of(leaf);
    }
}
