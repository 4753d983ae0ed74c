package org.datareturn.guard.plan;

import org.datareturn.guard.declaration.ColumnDeclaration;

/** The few facts about the data that decide whether a question may be put at all. */
public interface ZoneFacts {
    /** Whether at least {@code minGroupSize} subjects hold a value of a column. */
    boolean publishable(String table, ColumnDeclaration column, Object value, int minGroupSize);

    /** Whether a column of a table holds no value twice, so that joining on it multiplies nothing. */
    boolean unique(String table, String column);

    /** Whether persons stand behind a table's rows, whether or not the caller may see which column names them. */
    boolean personal(String table);
}
