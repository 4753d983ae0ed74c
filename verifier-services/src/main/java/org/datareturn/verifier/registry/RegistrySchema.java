package org.datareturn.verifier.registry;

import java.util.List;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.Normalisation;

/**
 * The shape of a registry: which column names the subject and which must agree with it. Part of every token's input, so
 * tokens made for another shape never match.
 *
 * @param registry the registry's name
 * @param subject the column that names the person or body
 * @param matches the columns whose values are bound to it, in order; at least one
 */
public record RegistrySchema(String registry, Column subject, List<Column> matches) {
    /**
     * A column.
     *
     * @param name its name in a file's header
     * @param normalisation how its values are brought into normal form
     */
    public record Column(String name, Normalisation normalisation) {}

    public RegistrySchema {
        matches = List.copyOf(matches);
        if (matches.isEmpty()) {
            throw new IllegalArgumentException("a registry has at least one column to match");
        }
    }

    /** Every column, the subject's first. */
    public List<Column> columns() {
        return Stream.concat(Stream.of(subject), matches.stream()).toList();
    }

    /** The shape as one line, stable for ever: it is what tokens are bound to. */
    public String canonical() {
        StringBuilder line = new StringBuilder(registry);
        for (Column column : columns()) {
            line.append('|')
                    .append(column.name())
                    .append(':')
                    .append(column.normalisation().word());
        }
        return line.toString();
    }
}
