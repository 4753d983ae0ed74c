package org.datareturn.sandbox.province;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws who lives in a household. Shares of sizes follow the shape of recent Chinese censuses (a quarter live alone,
 * under three persons on average); ages follow from who the members are to each other, which gives the population its
 * pyramid: a bulge at 35–60, a narrowing base, a long female tail.
 */
final class HouseholdDraw {
    private static final int OLDEST = 99;
    private static final Weighted<Integer> SIZES = Weighted.of(List.of(1, 2, 3, 4, 5, 6), 23, 28, 22, 15, 7, 5);

    /** One member before there is a person. */
    record Member(Sex sex, int age, Relation relation) {}

    private final Dice dice;

    HouseholdDraw(Dice dice) {
        this.dice = dice;
    }

    /**
     * A household.
     *
     * @param mostMembers at most so many
     * @return its members, head first; a spouse follows the head, and two parents follow each other
     */
    List<Member> draw(int mostMembers) {
        int size = Math.min(SIZES.draw(dice), mostMembers);
        return switch (size) {
            case 1 -> List.of(alone());
            case 2 -> dice.chance(0.78) ? couple(coupleAge()) : loneParent();
            case 3 -> dice.chance(0.85) ? family(1, 0) : family(0, 1);
            case 4 -> dice.chance(0.70) ? family(2, 0) : family(1, 1);
            case 5 -> dice.chance(0.55) ? family(1, 2) : family(2, 1);
            default -> family(2, 2);
        };
    }

    private Member alone() {
        double kind = dice.fraction();
        int age;
        if (kind < 0.28) {
            age = dice.normal(27, 4, 18, 38);
        } else if (kind < 0.55) {
            age = dice.normal(46, 8, 30, 64);
        } else {
            age = dice.normal(73, 9, 58, OLDEST);
        }
        double femaleShare = age >= 60 ? 0.60 : 0.42;
        return new Member(dice.chance(femaleShare) ? Sex.FEMALE : Sex.MALE, age, Relation.HEAD);
    }

    private int coupleAge() {
        double kind = dice.fraction();
        if (kind < 0.50) {
            return dice.normal(66, 9, 50, 94);
        }
        return kind < 0.78 ? dice.normal(51, 6, 38, 64) : dice.normal(30, 4, 22, 40);
    }

    /** A couple; the head is the husband or, less often, the wife. */
    private List<Member> couple(int headAge) {
        boolean husbandHeads = dice.chance(0.8);
        int older = dice.normal(1.8, 2.2, -6, 12);
        int spouseAge = husbandHeads ? headAge - older : headAge + older;
        int leastAge = husbandHeads ? 20 : 22;
        return List.of(
                new Member(husbandHeads ? Sex.MALE : Sex.FEMALE, headAge, Relation.HEAD),
                new Member(
                        husbandHeads ? Sex.FEMALE : Sex.MALE,
                        Math.clamp(spouseAge, leastAge, OLDEST),
                        Relation.SPOUSE));
    }

    private List<Member> loneParent() {
        int age = dice.normal(47, 12, 22, 90);
        Sex sex = dice.chance(0.68) ? Sex.FEMALE : Sex.MALE;
        return List.of(new Member(sex, age, Relation.HEAD), child(age));
    }

    private List<Member> family(int children, int parents) {
        int headAge = children == 0 ? dice.normal(48, 9, 24, 70) : dice.normal(41, 8, 24, 66);
        List<Member> members = new ArrayList<>(couple(headAge));
        int motherAge = members.stream()
                .filter(m -> m.sex() == Sex.FEMALE)
                .mapToInt(Member::age)
                .findFirst()
                .orElse(headAge);
        for (int i = 0; i < children; i++) {
            members.add(child(motherAge));
        }
        int parentAge = Math.min(OLDEST, headAge + dice.normal(26, 3, 20, 36));
        if (parents == 2) {
            int fatherOlder = dice.normal(1.8, 2, -4, 8);
            members.add(new Member(Sex.MALE, Math.clamp(parentAge + fatherOlder, 42, OLDEST), Relation.PARENT));
            members.add(new Member(Sex.FEMALE, parentAge, Relation.PARENT));
        } else if (parents == 1) {
            members.add(new Member(dice.chance(0.7) ? Sex.FEMALE : Sex.MALE, parentAge, Relation.PARENT));
        }
        return members;
    }

    private Member child(int parentAge) {
        int atBirth = Math.min(dice.normal(27.5, 4, 20, 42), parentAge);
        Sex sex = dice.chance(0.52) ? Sex.MALE : Sex.FEMALE;
        return new Member(sex, parentAge - atBirth, Relation.CHILD);
    }
}
