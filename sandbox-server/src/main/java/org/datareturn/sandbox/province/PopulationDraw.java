package org.datareturn.sandbox.province;

import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws persons household by household, with the marriages in them. Used once, by one thread. */
final class PopulationDraw {
    private static final long HIGHEST_PERSON_ID = (1L << 53) - 1;
    private static final double BORN_ELSEWHERE_SHARE = 0.18;
    private static final int HIGHEST_SEQUENCE = 999;
    /** Area, day and sex leave some 500 numbers; a county would have to bear that many in a day to need more draws. */
    private static final int NUMBER_TRIES = 10_000;

    private final ProvinceFacts facts;
    private final NameDraw names;
    private final HouseholdDraw households;
    private final LifeDraw lives;
    private final Dice places;
    private final Dice identities;
    private final Dice naming;
    private final Dice weddings;

    private final Set<String> numbersTaken;
    private final Set<Long> idsTaken;
    private final List<Person> persons;
    private final List<Household> drawnHouseholds = new ArrayList<>();
    private final List<Marriage> marriages = new ArrayList<>();

    PopulationDraw(ProvinceFacts facts, Dice dice, int size) {
        this.facts = facts;
        this.names = new NameDraw(facts);
        this.households = new HouseholdDraw(dice.split());
        this.lives = new LifeDraw(dice.split());
        this.places = dice.split();
        this.identities = dice.split();
        this.naming = dice.split();
        this.weddings = dice.split();
        this.numbersTaken = HashSet.newHashSet(size);
        this.idsTaken = HashSet.newHashSet(size);
        this.persons = new ArrayList<>(size);
        while (persons.size() < size) {
            addHousehold(size - persons.size());
        }
    }

    List<Person> persons() {
        return persons;
    }

    List<Household> households() {
        return drawnHouseholds;
    }

    List<Marriage> marriages() {
        return marriages;
    }

    private void addHousehold(int mostMembers) {
        int first = persons.size();
        County county = facts.drawCounty(places);
        List<HouseholdDraw.Member> members = households.draw(mostMembers);
        String headSurname = names.surname(naming);
        String spouseSurname = names.surname(naming);
        boolean wifeHeads = members.getFirst().sex() == Sex.FEMALE
                && members.stream().anyMatch(m -> m.relation() == Relation.SPOUSE);
        for (HouseholdDraw.Member member : members) {
            String surname = switch (member.relation()) {
                case HEAD -> headSurname;
                case SPOUSE -> spouseSurname;
                // Children mostly bear their father's name; a father living with the head bears the head's.
                case CHILD -> wifeHeads ? spouseSurname : headSurname;
                case PARENT -> member.sex() == Sex.MALE ? headSurname : names.surname(naming);
            };
            persons.add(person(member, surname, county, drawnHouseholds.size()));
        }
        drawnHouseholds.add(new Household(drawnHouseholds.size(), county, first, members.size()));
        marry(first, Relation.HEAD, Relation.SPOUSE);
        marry(first, Relation.PARENT, Relation.PARENT);
    }

    private Person person(HouseholdDraw.Member member, String surname, County county, int household) {
        int year = SyntheticProvince.REFERENCE_DATE.getYear() - member.age();
        int days = IsoChronology.INSTANCE.isLeapYear(year) ? 366 : 365;
        LocalDate birth = LocalDate.ofYearDay(year, identities.between(1, days));
        Education education = lives.education(member.age());
        Occupation occupation = lives.occupation(member.age(), member.sex(), education);
        return new Person(
                freshPersonId(),
                freshNumber(county, birth, member.sex()),
                names.name(naming, surname, member.sex()),
                county,
                member.sex(),
                birth,
                member.age(),
                education,
                occupation,
                lives.incomeYuan(member.age(), education, occupation),
                lives.insured(member.age(), occupation),
                household,
                member.relation());
    }

    private long freshPersonId() {
        while (true) {
            long id = identities.between(1L, HIGHEST_PERSON_ID);
            if (idsTaken.add(id)) {
                return id;
            }
        }
    }

    private String freshNumber(County home, LocalDate birth, Sex sex) {
        int parity = sex == Sex.MALE ? 1 : 0;
        for (int i = 0; i < NUMBER_TRIES; i++) {
            County issuedIn = places.chance(BORN_ELSEWHERE_SHARE) ? facts.drawCounty(places) : home;
            int sequence = identities.between(1, (HIGHEST_SEQUENCE - 1) / 2) * 2 + parity;
            String number = IdNumbers.of(issuedIn.code(), birth, sequence);
            if (numbersTaken.add(number)) {
                return number;
            }
        }
        throw new IllegalStateException("no identity number is left for " + birth);
    }

    /** Marries the two members of the household in these roles, where there are two. */
    private void marry(int first, Relation one, Relation other) {
        int left = -1;
        for (int i = first; i < persons.size(); i++) {
            Relation relation = persons.get(i).relation();
            if (left < 0 && relation == one) {
                left = i;
            } else if (left >= 0 && relation == other) {
                boolean leftIsHusband = persons.get(left).sex() == Sex.MALE;
                int husband = leftIsHusband ? left : i;
                int wife = leftIsHusband ? i : left;
                marriages.add(new Marriage(husband, wife, weddingDay(persons.get(husband), persons.get(wife))));
                return;
            }
        }
    }

    private LocalDate weddingDay(Person husband, Person wife) {
        LocalDate manOfAge = husband.birthDate().plusYears(22);
        LocalDate womanOfAge = wife.birthDate().plusYears(20);
        LocalDate lawful = manOfAge.isAfter(womanOfAge) ? manOfAge : womanOfAge;
        long open = SyntheticProvince.REFERENCE_DATE.toEpochDay() - lawful.toEpochDay();
        return lawful.plusDays(weddings.between(0L, Math.min(open, 8 * 365L)));
    }
}
