package org.datareturn.guard;

import org.datareturn.guard.declaration.ColumnDeclaration;

/** What told sums add up over what: sums of one space can be added to and subtracted from one another. */
sealed interface Space {
    /** Rows of a table counted; the elements are rows. Every value asked of rows is held against all others here. */
    record Rows(String table) implements Space {
        @Override
        public String name() {
            return "rows " + table;
        }
    }

    /** Persons counted, over whatever table; the elements are subjects. */
    record Persons() implements Space {
        @Override
        public String name() {
            return "persons";
        }
    }

    /** A measure summed; the elements are what rows add to it ({@link org.datareturn.guard.audit.MeasureVersions}). */
    record Amounts(String table, ColumnDeclaration measure) implements Space {
        @Override
        public String name() {
            return "sum " + measureName();
        }

        /** Table and column, with a point between them. */
        String measureName() {
            return table + "." + measure.name();
        }
    }

    /** Its name in memory and journal. */
    String name();
}
