package org.datareturn.guard.engine;

import java.util.List;
import org.datareturn.guard.load.LoadedTable;

/**
 * A table with the numbers of its rows and subjects, as an engine is to hold it.
 *
 * @param table what was read
 * @param rows the number of each row
 * @param subjects the number of each row's subject
 */
public record NumberedTable(LoadedTable table, List<Integer> rows, List<Integer> subjects) {}
