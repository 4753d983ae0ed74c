package org.datareturn.guard.declaration;

/**
 * Two tables may be joined where these columns are equal, and only so.
 *
 * @param leftTable one table
 * @param leftColumn its column
 * @param rightTable the other table
 * @param rightColumn its column
 */
public record JoinDeclaration(String leftTable, String leftColumn, String rightTable, String rightColumn) {}
