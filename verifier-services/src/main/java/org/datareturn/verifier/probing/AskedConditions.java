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

    private static final int TOKEN_DIGITS = 16;

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
        List<String> distance = new ArrayList<>();
        boolean asOfToday = false;
        for (NormalValue value : conditions) {
            if (value.normalisation() == Normalisation.REGION) {
                regions.add(value.plain());
            } else {
                boolean isDate = value.normalisation() == Normalisation.DATE;
                long days = isDate ? value.measure() - today.toEpochDay() : 0;
                asOfToday |= isDate && days == 0;
                others.add(isDate && days == 0 ? "today" : value.plain());
                distance.add(isDate ? Long.toString(days) : value.plain());
                habit.add(isDate ? Long.toString(Math.floorDiv(days, (long) DAYS_OF_A_HABIT)) : value.plain());
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
            // Each day anew whether somebody is insured to this day is one question, however often it is asked.
            List<String> since = asOfToday ? distance : others;
            trails.add(new Trail(
                    tokens.token("conditions-of", List.of(product.registry(), subject)),
                    () -> tokens.token("conditions", others),
                    () -> part(tokens.token("habit", habit)) + part(tokens.token("as-of-today", since)),
                    Likeness.CONDITION));
        }
        return trails;
    }

    private static String part(String token) {
        return token.substring(0, TOKEN_DIGITS);
    }

    /** Of a sketch, how many months the days lie from the day they are asked. */
    static String habit(String sketch) {
        return sketch.substring(0, TOKEN_DIGITS);
    }

    /** Whether one thing is asked again: the same days, or as many days until the day it is asked. */
    static boolean isAskedAgain(Trail asked, ProbeEntry before) {
        return before.item().equals(asked.item())
                || (asked.likeness() == Likeness.CONDITION && before.sketch().equals(asked.sketch()));
    }
}
