package org.datareturn.guard.declaration;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column of a zone's table.
 *
 * @param name its name, in the table and in the header of its file
 * @param type its type
 * @param uses what it may be used for; at least one
 * @param values its public domain, as {@link ColumnType#read} gives them; empty when the domain is not public
 * @param bins ascending edges of its bands; empty when it is not banded. An edge belongs to the band above it
 * @param bounds what a measure is clamped to; present exactly when {@link Use#MEASURE} is among the uses
 */
public record ColumnDeclaration(
        String name,
        ColumnType type,
        Set<Use> uses,
        List<Object> values,
        List<BigDecimal> bins,
        Optional<Bounds> bounds) {

    /** Least and greatest value a measure contributes, both inclusive. */
    public record Bounds(BigDecimal least, BigDecimal greatest) {}

    public ColumnDeclaration {
        uses = Set.copyOf(uses);
        values = List.copyOf(values);
        bins = List.copyOf(bins);
        if (uses.isEmpty() || uses.contains(Use.MEASURE) != bounds.isPresent()) {
            throw new IllegalArgumentException("a column has a use, and bounds exactly when it is a measure: " + name);
        }
    }

    /** Whether it can be a key of groups. */
    public boolean groupable() {
        return uses.contains(Use.GROUP) || uses.contains(Use.PUBLIC);
    }

    /** Whether it can stand in conditions. */
    public boolean filterable() {
        return uses.contains(Use.FILTER) || uses.contains(Use.PUBLIC);
    }

    /** Whether it can be summed. */
    public boolean measure() {
        return uses.contains(Use.MEASURE);
    }

    /** Whether it names the protected person. */
    public boolean subject() {
        return uses.contains(Use.SUBJECT);
    }

    /** Whether it is as if it did not exist. */
    public boolean hidden() {
        return uses.contains(Use.HIDDEN);
    }

    /** Whether it is usable as bands only. */
    public boolean banded() {
        return !bins.isEmpty();
    }

    /** Whether everybody knows which values it can take, so that naming one tells nothing. */
    public boolean publicDomain() {
        return !values.isEmpty() || uses.contains(Use.PUBLIC) || banded() || type.kind() == ColumnType.Kind.BOOLEAN;
    }

    /**
     * The label of band {@code index}: 0 lies below the first edge, {@code bins.size()} from the last edge upwards.
     * Bands of whole numbers are written with both ends, such as {@code 18-29}.
     */
    public String bandLabel(int index) {
        if (index == 0) {
            return "<" + bins.getFirst().toPlainString();
        }
        if (index == bins.size()) {
            return ">=" + bins.getLast().toPlainString();
        }
        String from = bins.get(index - 1).toPlainString();
        if (type.kind() == ColumnType.Kind.DECIMAL) {
            return "[" + from + "," + bins.get(index).toPlainString() + ")";
        }
        String to = bins.get(index).subtract(BigDecimal.ONE).toPlainString();
        return from.equals(to) ? from : from + "-" + to;
    }
}
