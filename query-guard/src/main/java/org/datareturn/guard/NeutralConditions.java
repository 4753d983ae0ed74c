package org.datareturn.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Takes conditions out of a question where they leave out too few. Within a group, column by column: where the cells that
 * differ in this column only from selected ones, and are not selected, hold fewer subjects than the minimum, they are
 * selected as well. So a condition that leaves out one person and a condition that leaves out nobody select the same, in
 * the first question already, and whatever other tables tell of the same persons (low-effect conditions: Francis et al.,
 * "Diffix Elm", 2022). Stateless but for the group it works on; used once.
 */
final class NeutralConditions {
    /**
     * A cell of a group.
     *
     * @param classes what each column says of it
     */
    record Cell(List<@Nullable Object> classes, RoaringBitmap rows) {}

    private final List<Cell> cells;
    private final boolean[] selected;
    private final Predicate<RoaringBitmap> few;

    /**
     * A group.
     *
     * @param cells all its cells
     * @param selected which of them the question selects, by their places in the list
     * @param few whether fewer distinct subjects than the minimum stand behind rows
     */
    NeutralConditions(List<Cell> cells, boolean[] selected, Predicate<RoaringBitmap> few) {
        this.cells = cells;
        this.selected = selected.clone();
        this.few = few;
    }

    /** The rows selected once conditions on these columns are taken out wherever they leave out too few. */
    RoaringBitmap rows(Set<Integer> columns) {
        columns.forEach(this::takeOut);
        RoaringBitmap rows = new RoaringBitmap();
        for (int i = 0; i < selected.length; i++) {
            if (selected[i]) {
                rows.or(cells.get(i).rows());
            }
        }
        return rows;
    }

    private void takeOut(int column) {
        Map<List<@Nullable Object>, List<Integer>> places = new TreeMap<>(Values.ROW_ORDER);
        for (int i = 0; i < selected.length; i++) {
            List<@Nullable Object> place = new ArrayList<>(cells.get(i).classes());
            place.remove(column);
            places.computeIfAbsent(place, p -> new ArrayList<>()).add(i);
        }
        for (List<Integer> place : places.values()) {
            RoaringBitmap leftOut = new RoaringBitmap();
            boolean any = false;
            for (int i : place) {
                any |= selected[i];
                if (!selected[i]) {
                    leftOut.or(cells.get(i).rows());
                }
            }
            if (any && few.test(leftOut)) {
                place.forEach(i -> selected[i] = true);
            }
        }
    }
}
