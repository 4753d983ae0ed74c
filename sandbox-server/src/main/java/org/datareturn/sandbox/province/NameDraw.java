package org.datareturn.sandbox.province;

import java.util.ArrayList;
import java.util.List;

/** Draws names: Han names of two to four characters, a few with rare characters, a few in the form given·father's. */
final class NameDraw {
    private static final double MINORITY_SHARE = 0.008;
    private static final double RARE_SHARE = 0.01;
    private static final double SINGLE_CHARACTER_SHARE = 0.18;

    private final Weighted<String> surnames;
    private final List<String> male;
    private final List<String> female;
    private final List<String> rare;
    private final List<String> minorityMale;
    private final List<String> minorityFemale;
    private final List<String> minorityFather;

    NameDraw(ProvinceFacts facts) {
        List<String> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (String line : facts.names("surnames")) {
            int space = line.indexOf(' ');
            values.add(line.substring(0, space));
            weights.add(Double.parseDouble(line.substring(space + 1)));
        }
        surnames = Weighted.of(
                values, weights.stream().mapToDouble(Double::doubleValue).toArray());
        male = facts.characters("male");
        female = facts.characters("female");
        rare = facts.characters("rare");
        minorityMale = facts.names("minority-male");
        minorityFemale = facts.names("minority-female");
        minorityFather = facts.names("minority-father");
    }

    /** A surname for a Han family. */
    String surname(Dice dice) {
        return surnames.draw(dice);
    }

    /** A full name under this surname; the rare name of the other form has no surname. */
    String name(Dice dice, String surname, Sex sex) {
        if (dice.chance(MINORITY_SHARE)) {
            List<String> given = sex == Sex.MALE ? minorityMale : minorityFemale;
            return pick(dice, given) + "·" + pick(dice, minorityFather);
        }
        List<String> given = sex == Sex.MALE ? male : female;
        String last = dice.chance(RARE_SHARE) ? pick(dice, rare) : pick(dice, given);
        return surname + (dice.chance(SINGLE_CHARACTER_SHARE) ? "" : pick(dice, given)) + last;
    }

    private static String pick(Dice dice, List<String> values) {
        return values.get(dice.between(0, values.size() - 1));
    }
}
