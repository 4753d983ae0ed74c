package org.datareturn.sandbox.zone.flight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code CALL t_0123456789abcdef(?, 42, 'text', DATE '2026-01-31', TRUE)}: an approved template by its id. Nothing of it is
 * run as SQL: literals become arguments, as bound values do, and are held against the template's parameters.
 *
 * @param template the template's id
 * @param slots its arguments, in order
 */
record TemplateCall(String template, List<Slot> slots) {
    private static final Pattern CALL = Pattern.compile(
            "\\s*CALL\\s+(t_[0-9a-f]{16})\\s*\\((.*)\\)\\s*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SLOT = Pattern.compile(
            "\\s*(?:(?<place>\\?)|(?:DATE\\s*)?'(?<text>(?:[^']|'')*)'|(?<word>[+-]?[0-9]{1,38}(?:\\.[0-9]{1,38})?|TRUE|FALSE))"
                    + "\\s*(?<end>,|\\z)",
            Pattern.CASE_INSENSITIVE);

    /** An argument as it stands in the call. */
    sealed interface Slot {
        /** A {@code ?}, to be bound. */
        record Place() implements Slot {}

        /** A value, as text of its type. */
        record Literal(String text) implements Slot {}
    }

    TemplateCall {
        slots = List.copyOf(slots);
    }

    /** The call in a statement; empty when it is another statement, which the guard will judge. */
    static Optional<TemplateCall> read(String statement) {
        Matcher call = CALL.matcher(statement);
        if (!call.matches()) {
            return Optional.empty();
        }
        String list = call.group(2);
        List<Slot> slots = new ArrayList<>();
        Matcher slot = SLOT.matcher(list);
        int at = 0;
        boolean more = !list.isBlank();
        while (more) {
            if (!slot.find(at) || slot.start() != at) {
                return Optional.empty();
            }
            slots.add(slot(slot));
            at = slot.end();
            more = slot.group("end").equals(",");
        }
        return Optional.of(new TemplateCall(call.group(1).toLowerCase(Locale.ROOT), slots));
    }

    private static Slot slot(Matcher found) {
        if (found.group("place") != null) {
            return new Slot.Place();
        }
        String text = found.group("text");
        return new Slot.Literal(
                text != null ? text.replace("''", "'") : found.group("word").toLowerCase(Locale.ROOT));
    }

    /** How many values have to be bound. */
    int places() {
        return (int) slots.stream().filter(Slot.Place.class::isInstance).count();
    }

    /** All arguments, the bound ones in their places; refused when they are not as many. */
    List<String> arguments(List<String> bound) {
        if (bound.size() != places()) {
            throw RefusalStatus.of(FlightReason.FLIGHT_ARGUMENTS_UNBOUND, String.valueOf(places()));
        }
        List<String> arguments = new ArrayList<>();
        int next = 0;
        for (Slot slot : slots) {
            switch (slot) {
                case Slot.Place place -> arguments.add(bound.get(next++));
                case Slot.Literal literal -> arguments.add(literal.text());
            }
        }
        return arguments;
    }
}
