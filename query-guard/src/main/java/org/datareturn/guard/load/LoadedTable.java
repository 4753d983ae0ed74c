package org.datareturn.guard.load;

import java.util.List;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * A table read and checked. Holds raw rows: for loading an engine only.
 *
 * @param table its declaration
 * @param columns the columns read, hidden ones left out
 * @param rows values by {@link #columns()}
 * @param rowHashes content of each row: 64 bits of SHA-256 over table, values and, among equal rows, their number
 * @param rowIdentities which row each is, for the audit: 64 bits of SHA-256 over table, subject and the row's number
 *     among the subject's rows in the file; the content where no persons stand behind the table. Not the content,
 *     because a refresh that changes a row must not make its unchanged values look like new unknowns
 * @param subjectHashes identity of each row's subject: 64 bits of SHA-256; all 0 when no persons stand behind it
 */
public record LoadedTable(
        TableDeclaration table,
        List<ColumnDeclaration> columns,
        List<List<@Nullable Object>> rows,
        List<Long> rowHashes,
        List<Long> rowIdentities,
        List<Long> subjectHashes) {}
