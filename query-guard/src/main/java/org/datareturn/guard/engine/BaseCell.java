package org.datareturn.guard.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A base cell: rows that a question's base columns do not tell apart. Immutable but for the set of rows, which several
 * questions share and nobody changes.
 *
 * @param values what each base column says of it: a value, a band or
 *     {@link org.datareturn.guard.plan.BaseColumn.Unnamed}; null where there is no value
 * @param rows the numbers of its rows
 */
public record BaseCell(List<@Nullable Object> values, RoaringBitmap rows) {}
