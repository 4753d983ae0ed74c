package org.datareturn.sandbox.verification;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.PersonName;
import org.datareturn.verifier.probing.Question;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.tokens.SubjectTokens;

/** Identity checks as the limits see them, all under one name. */
final class AskedQuestions {
    private AskedQuestions() {}

    /** Whether a number is that of 张伟. */
    static Question about(String number, SubjectTokens keys, Clock clock) {
        return Question.of(
                Products.standard().named("identity-check").orElseThrow(),
                List.of(value(IdNumber.parse(number, clock))),
                List.of(value(PersonName.parse("张伟"))),
                List.of(),
                LocalDate.now(clock),
                keys);
    }

    /** Numbers that differ in the sequence only. */
    static String number(int i) {
        String body = "37010219900307" + "%03d".formatted(i);
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int at = 0; at < weights.length; at++) {
            sum += (body.charAt(at) - '0') * weights[at];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    private static NormalValue value(Parsed<? extends NormalValue> parsed) {
        return switch (parsed) {
            case Parsed.Accepted<? extends NormalValue> accepted -> accepted.value();
            case Parsed.Rejected<? extends NormalValue> rejected -> throw new AssertionError(rejected.reason());
        };
    }
}
