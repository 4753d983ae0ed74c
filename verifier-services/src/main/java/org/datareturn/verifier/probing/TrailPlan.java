package org.datareturn.verifier.probing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductDeclaration.YesWhen;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * Which trails a question leaves, by its product's declaration alone. What identifies somebody — the subject, and every
 * identification number or credit code — is a person whom other values are tried with; what does not (a kind of insurance,
 * a level of education) never is, or everybody who has it would be one person. Where a number may be what is searched
 * for, numbers are held against those tried with the same name, or where there is no name, with the same values. For one
 * thread.
 */
final class TrailPlan {
    /** Digits of area and date of birth. */
    private static final int BIRTHPLACE_DIGITS = 14;

    private static final int AREA_DIGITS = 6;
    private static final int AREA_AND_YEAR_DIGITS = 10;
    private static final int SEQUENCE_END = 17;
    private static final int LONGEST_SKETCH = 32;
    /** Codes that differ in so many last characters are of one block. */
    private static final int BLOCK_CHARACTERS = 3;

    private final ProductDeclaration product;
    private final List<ProductField> fields;
    private final List<NormalValue> values;
    private final ProbeTokens tokens;
    private final List<Trail> trails = new ArrayList<>();

    /**
     * A plan.
     *
     * @param values of the subject, the keys and what must agree, as declared
     */
    TrailPlan(ProductDeclaration product, List<NormalValue> values, ProbeTokens tokens) {
        this.product = product;
        this.fields = Stream.of(List.of(product.subject()), product.keys(), product.matches())
                .flatMap(List::stream)
                .toList();
        this.values = values;
        this.tokens = tokens;
        for (int i = 0; i < values.size(); i++) {
            if (identifies(i)) {
                triedWith(i);
                numbers(i);
            }
        }
    }

    List<Trail> trails() {
        return trails;
    }

    /**
     * Between two persons an honest no is ordinary, and who searches for one of them knows the other, with whom few are
     * tried; so only single numbers are searched for under a name.
     */
    List<Trail> searched() {
        return numberCount() > 1
                ? List.of()
                : trails.stream().filter(trail -> trail.likeness().underName()).toList();
    }

    /** What is asked of a county and year of birth. */
    Optional<String> crowd() {
        NormalValue subject = values.getFirst();
        return isList() && subject.normalisation() == Normalisation.ID_NUMBER
                ? Optional.of(tokens.token(
                        "crowd", List.of(product.registry(), subject.plain().substring(0, AREA_AND_YEAR_DIGITS))))
                : Optional.empty();
    }

    /** A record that is not there may be an honest no where it is one of several, or lies between two persons. */
    boolean hasTruthfulNo() {
        return numberCount() > 1 || !product.keys().isEmpty();
    }

    private long numberCount() {
        return values.stream().filter(value -> isNumber(value.normalisation())).count();
    }

    private boolean isList() {
        return product.yesWhen() == YesWhen.ABSENT;
    }

    private boolean identifies(int at) {
        return at == 0 || isNumber(values.get(at).normalisation());
    }

    private static boolean isNumber(Normalisation normalisation) {
        return switch (normalisation) {
            case ID_NUMBER, CREDIT_CODE -> true;
            case PERSON_NAME, DATE, REGION, CODE -> false;
        };
    }

    /** Other values tried with one number. */
    private void triedWith(int at) {
        NormalValue number = values.get(at);
        for (int i = 0; i < values.size(); i++) {
            if (i == at) {
                continue;
            }
            NormalValue other = values.get(i);
            List<String> cell = new ArrayList<>(
                    List.of(number.plain(), other.normalisation().word()));
            if (!isNumber(number.normalisation())) {
                cell.add(product.registry());
            }
            boolean few = fields.get(i).role() == ProductField.Role.MATCH && hasFewValues(other.normalisation());
            if (few || other.normalisation() == Normalisation.DATE || other.normalisation() == Normalisation.CODE) {
                // Dates and codes of one person mean different things in different registers.
                cell.add(product.registry());
                cell.add(fields.get(i).name());
            }
            trails.add(new Trail(
                    tokens.token("tried-with-number", cell),
                    () -> tokens.token("candidate", other),
                    few ? Likeness.FEW : Likeness.ANY));
        }
    }

    /** Whether a value may be one of so few that a handful of wrong ones leaves the right one. */
    private static boolean hasFewValues(Normalisation normalisation) {
        return switch (normalisation) {
            case REGION, CODE -> true;
            case ID_NUMBER, CREDIT_CODE, PERSON_NAME, DATE -> false;
        };
    }

    /** Numbers tried with the same other values. */
    private void numbers(int at) {
        NormalValue number = values.get(at);
        if (isList()) {
            ofList(number);
            return;
        }
        Supplier<String> item = () -> tokens.token("number", number);
        boolean named = false;
        for (NormalValue other : values) {
            if (other.normalisation() == Normalisation.PERSON_NAME) {
                named = true;
                String cell = number.normalisation() == Normalisation.CODE
                        ? tokens.token("tried-with-name", List.of(other.plain(), product.registry()))
                        : tokens.token("tried-with-name", other);
                Likeness likeness =
                        number.normalisation() == Normalisation.ID_NUMBER ? Likeness.ID_NUMBER : Likeness.CODE;
                trails.add(new Trail(cell, item, () -> tokens.sketch(cell, body(number)), likeness));
            }
        }
        if (!named) {
            unnamed(number, at, item);
        }
        if (number.normalisation() == Normalisation.ID_NUMBER) {
            ofBirthplace(
                    number, item, named ? "named" : "unnamed", named ? Likeness.BIRTHPLACE : Likeness.UNNAMED_SEQUENCE);
        }
    }

    /** Without a name, numbers are held against those tried with the same values, and against their own neighbours. */
    private void unnamed(NormalValue number, int at, Supplier<String> item) {
        List<String> same = new ArrayList<>(List.of(product.registry()));
        for (int i = 0; i < values.size(); i++) {
            if (i != at) {
                same.add(fields.get(i).name());
                same.add(values.get(i).plain());
            }
        }
        String cell = tokens.token("tried-with-values", same);
        boolean code = number.normalisation() == Normalisation.CODE;
        trails.add(new Trail(
                cell,
                item,
                () -> code ? "" : tokens.sketch(cell, body(number)),
                code ? Likeness.UNNAMED_CODE : Likeness.UNNAMED_NUMBER));
        if (number.normalisation() == Normalisation.ID_NUMBER) {
            neighbours(number, item, "unnamed", Likeness.UNNAMED_NEIGHBOUR, Likeness.UNNAMED_NEIGHBOUR);
        }
    }

    /** On a list nearly everybody is not, so that numbers are tried whatever else is asked. */
    private void ofList(NormalValue subject) {
        Supplier<String> item = () -> tokens.token("number", subject);
        if (subject.normalisation() == Normalisation.ID_NUMBER) {
            ofBirthplace(subject, item, "alone", Likeness.LISTED_SEQUENCE);
            neighbours(subject, item, "alone", Likeness.LISTED_DAY, Likeness.LISTED_AREA);
            return;
        }
        String body = body(subject);
        // Whichever three characters in a row are unknown.
        for (int from = 0; from == 0 || from + BLOCK_CHARACTERS <= body.length(); from++) {
            int to = Math.min(body.length(), from + BLOCK_CHARACTERS);
            String rest = body.substring(0, from) + "?".repeat(to - from) + body.substring(to);
            trails.add(new Trail(
                    tokens.token("listed-block", List.of(product.registry(), rest)), item, Likeness.LISTED_CODE));
        }
    }

    private void ofBirthplace(NormalValue number, Supplier<String> item, String how, Likeness likeness) {
        trails.add(new Trail(
                tokens.token("birthplace", List.of(number.plain().substring(0, BIRTHPLACE_DIGITS), how)),
                item,
                likeness));
    }

    /** Numbers that differ in the day of birth only, and in the area only. */
    private void neighbours(NormalValue number, Supplier<String> item, String how, Likeness day, Likeness area) {
        String plain = number.plain();
        String sequence = plain.substring(BIRTHPLACE_DIGITS, SEQUENCE_END);
        trails.add(new Trail(
                tokens.token("any-day", List.of(plain.substring(0, AREA_AND_YEAR_DIGITS), sequence, how)), item, day));
        trails.add(new Trail(
                tokens.token("any-area", List.of(plain.substring(AREA_DIGITS, SEQUENCE_END), how)), item, area));
    }

    /** What is compared: without the check character, which follows from the others, where there is one. */
    private static String body(NormalValue number) {
        String plain = number.plain();
        if (number.normalisation() != Normalisation.CODE) {
            return plain.substring(0, plain.length() - 1);
        }
        String characters = plain.replaceAll("[^0-9A-Z]", "");
        return characters.substring(Math.max(0, characters.length() - LONGEST_SKETCH));
    }
}
