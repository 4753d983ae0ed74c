package org.datareturn.sandbox.zone;

import java.util.List;
import org.datareturn.guard.VisibleTable;

/**
 * What a grant shows of a zone.
 *
 * @param zone its name
 * @param title its title
 * @param tables the tables and columns the caller may use
 */
public record ZoneView(String zone, String title, List<VisibleTable> tables) {
    public ZoneView {
        tables = List.copyOf(tables);
    }
}
