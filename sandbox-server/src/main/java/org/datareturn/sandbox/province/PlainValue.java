package org.datareturn.sandbox.province;

/**
 * A value that must never be found outside memory.
 *
 * @param kind what it is
 * @param text the value as it stands in a CSV
 */
public record PlainValue(Kind kind, String text) {
    /** What a value is. */
    public enum Kind {
        /** A person's name. */
        NAME,
        /** A person's identity number. */
        ID_NUMBER,
        /** A monthly income above 0. Four or five digits turn up by chance in any large file: look at rows for those. */
        INCOME,
        /** A row of the zone's person table, from surrogate to income. */
        ZONE_ROW
    }
}
