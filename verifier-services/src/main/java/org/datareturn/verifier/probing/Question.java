package org.datareturn.verifier.probing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.tokens.ProbeTokens;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * A well-formed question as the limits see it: tokens only. Two questions are the same when their normal forms are.
 * Immutable.
 *
 * @param product the product's name
 * @param token the whole question
 * @param subject the subject, as the ledger knows it
 * @param trails how it bears on persons
 * @param asked the condition asked of the subject, for products that have one
 * @param interval how long the same question may not be asked again under one grant
 */
public record Question(
        String product, String token, String subject, List<Trail> trails, Optional<Trail> asked, Duration interval) {
    /** Digits of area and date of birth. */
    private static final int BIRTHPLACE_DIGITS = 14;

    private static final int LONGEST_SKETCH = 32;

    public Question {
        trails = List.copyOf(trails);
    }

    /**
     * The question of a request.
     *
     * @param identity what names the record, the subject first
     * @param matches what must agree, in the order declared
     * @param conditions what is asked beside, in the order declared
     */
    public static Question of(
            ProductDeclaration product,
            List<NormalValue> identity,
            List<NormalValue> matches,
            List<NormalValue> conditions,
            SubjectTokens keys) {
        ProbeTokens tokens = keys.probes();
        NormalValue subject = identity.getFirst();
        List<NormalValue> identifying = new ArrayList<>(identity);
        identifying.addAll(matches);
        List<Trail> trails = new ArrayList<>();
        for (int i = 0; i < identifying.size(); i++) {
            NormalValue number = identifying.get(i);
            if (isNumber(number)) {
                ofNumber(number, i, identifying, tokens, trails);
            }
        }
        List<String> parts = new ArrayList<>(List.of(product.name()));
        identifying.forEach(value -> parts.add(value.plain()));
        String token = tokens.token("question", parts);
        String subjectToken = keys.subject(subject).hex();
        Optional<Trail> asked = conditions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trail(
                        tokens.token("conditions-of", List.of(product.name(), subjectToken)),
                        tokens.token(
                                "conditions",
                                conditions.stream().map(NormalValue::plain).toList()),
                        "",
                        Likeness.CONDITION));
        return new Question(product.name(), token, subjectToken, trails, asked, product.requeryInterval());
    }

    private static void ofNumber(
            NormalValue number, int at, List<NormalValue> identifying, ProbeTokens tokens, List<Trail> trails) {
        String item = tokens.token("number", number);
        String alone = identifying.size() == 1 ? "alone" : "named";
        for (int i = 0; i < identifying.size(); i++) {
            NormalValue other = identifying.get(i);
            if (i == at) {
                continue;
            }
            String kind = other.normalisation().word();
            trails.add(new Trail(
                    tokens.token("tried-with-number", List.of(number.plain(), kind)),
                    tokens.token("candidate", other),
                    "",
                    Likeness.ANY));
            if (other.normalisation() == Normalisation.PERSON_NAME) {
                String cell = tokens.token("tried-with-name", other);
                trails.add(new Trail(cell, item, tokens.sketch(cell, body(number)), likeness(number)));
            }
        }
        if (number.normalisation() == Normalisation.ID_NUMBER) {
            trails.add(new Trail(
                    tokens.token("birthplace", List.of(number.plain().substring(0, BIRTHPLACE_DIGITS), alone)),
                    item,
                    "",
                    identifying.size() == 1 ? Likeness.BIRTHPLACE_ALONE : Likeness.BIRTHPLACE));
        }
    }

    private static boolean isNumber(NormalValue value) {
        return switch (value.normalisation()) {
            case ID_NUMBER, CREDIT_CODE, CODE -> true;
            case PERSON_NAME, DATE, REGION -> false;
        };
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

    private static Likeness likeness(NormalValue number) {
        return number.normalisation() == Normalisation.ID_NUMBER ? Likeness.ID_NUMBER : Likeness.CODE;
    }
}
