package org.datareturn.sandbox.province;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws enterprises and who represents them. */
final class EnterpriseDraw {
    private static final int PERSONS_PER_ENTERPRISE = 40;
    private static final int REPRESENTATIVE_TRIES = 200;
    private static final long CAPITAL_UNIT_YUAN = 10_000;
    private static final List<Industry> INDUSTRIES = List.of(Industry.values());

    private final Dice dice;
    private final List<Person> persons;
    private final List<String> tradeNames;

    EnterpriseDraw(ProvinceFacts facts, Dice dice, List<Person> persons) {
        this.dice = dice;
        this.persons = persons;
        this.tradeNames = facts.names("trade");
    }

    /** One enterprise for every 40 persons, fewer where there are no adults to represent them. */
    List<Enterprise> draw() {
        List<Enterprise> drawn = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < persons.size() / PERSONS_PER_ENTERPRISE; i++) {
            int representative = representative();
            if (representative < 0) {
                continue;
            }
            County county = persons.get(representative).county();
            String code = CreditCodes.draw(dice, county.code());
            while (!taken.add(code)) {
                code = CreditCodes.draw(dice, county.code());
            }
            drawn.add(enterprise(code, county, representative));
        }
        return drawn;
    }

    private Enterprise enterprise(String code, County county, int representative) {
        Industry industry = INDUSTRIES.get(dice.between(0, INDUSTRIES.size() - 1));
        String tradeName = tradeNames.get(dice.between(0, tradeNames.size() - 1));
        int employees = Math.clamp(StrictMath.round(dice.logNormal(9, 1.2)), 1, 20_000);
        long capital = Math.clamp(StrictMath.round(dice.logNormal(120, 1.3)), 1L, 500_000L) * CAPITAL_UNIT_YUAN;
        return new Enterprise(
                code,
                county.name() + tradeName + industry.label() + "有限公司",
                representative,
                industry,
                employees,
                capital,
                county);
    }

    private int representative() {
        for (int i = 0; i < REPRESENTATIVE_TRIES; i++) {
            int index = dice.between(0, persons.size() - 1);
            int age = persons.get(index).age();
            if (age >= 22 && age <= 72) {
                return index;
            }
        }
        return -1;
    }
}
