package org.datareturn.guard.declaration;

/**
 * How many rows a table holds of one subject. What is not said is read from the data and taken for public: whether there
 * are as many rows more than persons as persons make a group.
 */
public enum RowsPerSubject {
    /** Not said: as the data are. */
    AS_FOUND,
    /** One; data in which somebody has two are not loaded. */
    ONE,
    /** Several, even while the data have one of everybody. */
    SEVERAL
}
