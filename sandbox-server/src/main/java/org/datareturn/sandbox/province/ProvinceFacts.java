package org.datareturn.sandbox.province;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the province is made of, read from this package's resources. Immutable. */
final class ProvinceFacts {
    private final List<County> counties;
    private final Weighted<County> countyDraw;
    private final Map<String, List<String>> names;

    private ProvinceFacts(List<County> counties, Map<String, List<String>> names) {
        this.counties = List.copyOf(counties);
        this.countyDraw = Weighted.of(
                this.counties, counties.stream().mapToDouble(County::weight).toArray());
        this.names = Map.copyOf(names);
    }

    static ProvinceFacts load() {
        List<County> counties = new ArrayList<>();
        for (String line : lines("counties.csv")) {
            String[] cells = line.split(",", -1);
            counties.add(new County(cells[0], cells[1], Integer.parseInt(cells[2])));
        }
        Map<String, List<String>> names = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines("names.txt")) {
            if (line.startsWith("[")) {
                section = new ArrayList<>();
                names.put(line.substring(1, line.length() - 1), section);
            } else {
                section.add(line);
            }
        }
        return new ProvinceFacts(counties, names);
    }

    List<County> counties() {
        return counties;
    }

    County drawCounty(Dice dice) {
        return countyDraw.draw(dice);
    }

    /** The lines of a section of the names. */
    List<String> names(String section) {
        List<String> found = names.get(section);
        if (found == null) {
            throw new IllegalStateException("names.txt has no section " + section);
        }
        return found;
    }

    /** The characters of a section of the names, one string each: some lie outside the basic plane. */
    List<String> characters(String section) {
        return names(section).stream()
                .flatMap(line -> line.codePoints().mapToObj(Character::toString))
                .toList();
    }

    /** A resource of this package as text. */
    static String text(String resource) {
        try (InputStream in = ProvinceFacts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", e);
        }
    }

    private static List<String> lines(String resource) {
        return text(resource)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
