package org.datareturn.verifier.probing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.tokens.ProbeTokens;

/**
 * What a question's conditions ask of its subject: a first day of insurance or a district can be found by asking after
 * others, whatever the answers, so values are counted by subject and registry, through whatever product.
 */
final class AskedConditions {
    /** Who asks each month about the last one asks the same thing of another month. */
    private static final int DAYS_OF_A_HABIT = 31;

    private AskedConditions() {}

    /** Divisions apart from days: of the former there are few. */
    static List<Trail> trails(
            ProductDeclaration product,
            String subject,
            List<NormalValue> conditions,
            LocalDate today,
            ProbeTokens tokens) {
        List<String> regions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> habit = new ArrayList<>();
        for (NormalValue value : conditions) {
            if (value.normalisation() == Normalisation.REGION) {
                regions.add(value.plain());
            } else {
                others.add(value.plain());
                habit.add(habit(value, today));
            }
        }
        List<Trail> trails = new ArrayList<>();
        if (!regions.isEmpty()) {
            trails.add(new Trail(
                    tokens.token("regions-of", List.of(product.registry(), subject)),
                    () -> tokens.token("regions", regions),
                    Likeness.CONDITION_REGION));
        }
        if (!others.isEmpty()) {
            trails.add(new Trail(
                    tokens.token("conditions-of", List.of(product.registry(), subject)),
                    () -> tokens.token("conditions", others),
                    () -> tokens.token("habit", habit),
                    Likeness.CONDITION));
        }
        return trails;
    }

    private static String habit(NormalValue value, LocalDate today) {
        return value.normalisation() == Normalisation.DATE
                ? Long.toString(Math.floorDiv(value.measure() - today.toEpochDay(), (long) DAYS_OF_A_HABIT))
                : value.plain();
    }
}
