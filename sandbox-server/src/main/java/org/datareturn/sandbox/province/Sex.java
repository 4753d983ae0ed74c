package org.datareturn.sandbox.province;

/** Sex as an identity number states it: an odd sequence number is male, an even one female (GB 11643). */
public enum Sex {
    /** 男. */
    MALE("男"),
    /** 女. */
    FEMALE("女");

    private final String label;

    Sex(String label) {
        this.label = label;
    }

    /** The Chinese label in zone tables. */
    public String label() {
        return label;
    }
}
