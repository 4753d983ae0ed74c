package org.datareturn.sandbox.province;

/** The tables of the data zone {@code livelihood} (民生专区). */
public enum ZoneTable {
    /** One row a person. */
    PERSON("person"),
    /** One row a benefit claim. */
    BENEFIT("benefit");

    private final String tableName;

    ZoneTable(String tableName) {
        this.tableName = tableName;
    }

    /** The table's name in the zone's declaration. */
    public String tableName() {
        return tableName;
    }
}
