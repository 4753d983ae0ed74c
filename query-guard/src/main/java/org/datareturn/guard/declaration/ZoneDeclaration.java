package org.datareturn.guard.declaration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A data zone (数据专区) as its provider declares it. Immutable.
 *
 * @param zone its name, {@code [a-z0-9-]+}
 * @param title its title for people
 * @param engine where its data lie
 * @param answers what may be asked
 * @param release the least protection
 * @param tables its tables, in the order declared
 * @param joins the only ways its tables may be joined
 */
public record ZoneDeclaration(
        String zone,
        String title,
        Engine engine,
        Answers answers,
        ReleaseFloor release,
        List<TableDeclaration> tables,
        List<JoinDeclaration> joins) {

    /** Where a zone's data lie. */
    public enum Engine {
        /** In this process. */
        EMBEDDED,
        /** In a PostgreSQL database. */
        POSTGRESQL,
        /** In a Trino cluster. */
        TRINO
    }

    /** What may be asked. */
    public enum Answers {
        /** Any query the guard lets pass. */
        AD_HOC,
        /** Approved templates only. */
        APPROVED_ONLY
    }

    public ZoneDeclaration {
        tables = List.copyOf(tables);
        joins = List.copyOf(joins);
    }

    /** The table of a name, letter case aside. */
    public Optional<TableDeclaration> table(String tableName) {
        return tables.stream()
                .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(tableName.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
