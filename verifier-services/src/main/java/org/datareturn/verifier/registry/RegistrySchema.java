package org.datareturn.verifier.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.Normalisation;

/**
 * The shape of a registry: which columns name a record, which must agree with it and which hold facts about it. Part of every
 * token's input, so tokens made for another shape never match.
 *
 * @param registry the registry's name
 * @param subject the column that names the person or body
 * @param keys the columns that name, together with the subject, the record; none where a subject has one record
 * @param matches the columns whose values are bound to it, in order
 * @param facts the columns that are kept under seal for conditions, in order
 * @param mirrored column by column of one person, that of the other, where a row says the same of both; empty where not
 */
public record RegistrySchema(
        String registry,
        Column subject,
        List<Column> keys,
        List<Column> matches,
        List<Column> facts,
        Map<String, String> mirrored) {
    /**
     * A column.
     *
     * @param name its name in a file's header
     * @param normalisation how its values are brought into normal form
     */
    public record Column(String name, Normalisation normalisation) {}

    public RegistrySchema {
        keys = List.copyOf(keys);
        matches = List.copyOf(matches);
        facts = List.copyOf(facts);
        mirrored = Map.copyOf(mirrored);
    }

    /** A registry of one record a subject, without facts. */
    public RegistrySchema(String registry, Column subject, List<Column> matches) {
        this(registry, subject, List.of(), matches, List.of(), Map.of());
    }

    /** The columns that name a record, the subject's first. */
    public List<Column> identity() {
        return Stream.concat(Stream.of(subject), keys.stream()).toList();
    }

    /** Every column: those that name a record, those that must agree, the facts. */
    public List<Column> columns() {
        return Stream.of(identity(), matches, facts).flatMap(List::stream).toList();
    }

    /** The shape as one line, stable for ever: it is what tokens are bound to. */
    public String canonical() {
        List<String> parts = new ArrayList<>(List.of(registry, written("", subject)));
        keys.forEach(column -> parts.add(written("key ", column)));
        matches.forEach(column -> parts.add(written("", column)));
        facts.forEach(column -> parts.add(written("fact ", column)));
        new TreeMap<>(mirrored).forEach((one, other) -> parts.add("mirror " + one + ":" + other));
        return String.join("|", parts);
    }

    private static String written(String role, Column column) {
        return role + column.name() + ":" + column.normalisation().word();
    }
}
