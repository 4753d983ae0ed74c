package org.datareturn.sandbox.province;

/** A member's relation to the head of the household. */
public enum Relation {
    /** 户主. */
    HEAD,
    /** 配偶. */
    SPOUSE,
    /** 子女. */
    CHILD,
    /** 父母. */
    PARENT
}
