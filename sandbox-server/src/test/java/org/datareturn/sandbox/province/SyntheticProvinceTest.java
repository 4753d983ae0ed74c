package org.datareturn.sandbox.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.datareturn.verifier.normalise.CreditCode;
import org.datareturn.verifier.normalise.IdNumber;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticProvinceTest {
    private static final SyntheticProvince PROVINCE = SyntheticProvince.generate(20_251_231L, 30_000);

    @Test
    void sameSeedGivesTheSameProvinceByteForByte() throws Exception {
        String first = digest(SyntheticProvince.generate(7, 5_000));
        assertThat(digest(SyntheticProvince.generate(7, 5_000))).isEqualTo(first);
        assertThat(digest(SyntheticProvince.generate(8, 5_000))).isNotEqualTo(first);
    }

    @Test
    void hasExactlyAsManyPersonsAsAsked() {
        assertThat(PROVINCE.size()).isEqualTo(30_000);
        assertThat(SyntheticProvince.generate(1, 1).size()).isEqualTo(1);
        assertThatThrownBy(() -> SyntheticProvince.generate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAndSurrogatesAreUnique() {
        assertThat(PROVINCE.persons().stream().map(Person::idNumber)).doesNotHaveDuplicates();
        assertThat(PROVINCE.persons().stream().map(Person::personId)).doesNotHaveDuplicates();
        assertThat(PROVINCE.persons()).allMatch(p -> p.personId() > 0 && p.personId() < 1L << 53);
    }

    @Test
    void checkCharacterAgreesWithTheExampleOfTheStandard() {
        // The specimen number of GB 11643 and the worked credit code of GB 32100.
        assertThat(IdNumber.checkCharacter("11010519491231002")).isEqualTo('X');
        assertThat(IdNumber.checkCharacter("44052418800101001")).isEqualTo('4');
        assertThat(CreditCode.checkCharacter("91350100M000100Y4")).isEqualTo('3');
    }

    @Test
    void everyNumberStatesAreaBirthSexAndAValidCheckCharacter() {
        Set<String> areas = PROVINCE.counties().stream().map(County::code).collect(Collectors.toSet());
        for (Person p : PROVINCE.persons()) {
            String number = p.idNumber();
            assertThat(number).matches("[0-9]{17}[0-9X]");
            assertThat(areas).contains(number.substring(0, 6));
            assertThat(number.substring(6, 14))
                    .isEqualTo(p.birthDate().toString().replace("-", ""));
            assertThat((number.charAt(16) - '0') % 2 == 1).isEqualTo(p.sex() == Sex.MALE);
            // ISO 7064: the weighted sum with the check value is 1 modulo 11.
            int sum = 0;
            for (int i = 0; i < 18; i++) {
                int value = number.charAt(i) == 'X' ? 10 : number.charAt(i) - '0';
                sum += value * ((1 << (17 - i)) % 11);
            }
            assertThat(sum % 11).isEqualTo(1);
            assertThat(p.age())
                    .isEqualTo(Period.between(p.birthDate(), SyntheticProvince.REFERENCE_DATE)
                            .getYears());
        }
    }

    @Test
    void everyCreditCodeIsUniqueAndValid() {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        assertThat(PROVINCE.enterprises()).hasSizeGreaterThan(700);
        assertThat(PROVINCE.enterprises().stream().map(Enterprise::creditCode)).doesNotHaveDuplicates();
        for (Enterprise e : PROVINCE.enterprises()) {
            assertThat(e.creditCode()).matches("91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}");
            // Powers of 3 modulo 31 weigh the first 17 characters; the check character makes the sum a multiple of 31.
            int sum = alphabet.indexOf(e.creditCode().charAt(17));
            int weight = 1;
            for (int i = 0; i < 17; i++) {
                sum += alphabet.indexOf(e.creditCode().charAt(i)) * weight;
                weight = weight * 3 % 31;
            }
            assertThat(sum % 31).isZero();
            assertThat(e.employees()).isPositive();
            assertThat(e.registeredCapitalYuan()).isPositive();
            assertThat(PROVINCE.personAt(e.legalRepresentative()).age()).isBetween(22, 72);
        }
    }

    @Test
    void countiesAreRealOnesOfTheProvince() throws IOException {
        Path divisions = Path.of("../../shared/data/divisions.csv");
        boolean here = Files.exists(divisions);
        if (!here && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("../shared/data/divisions.csv is missing");
        }
        Assumptions.assumeTrue(here, "../shared/data/divisions.csv is not there");
        Set<String> known = new HashSet<>(Files.readAllLines(divisions));
        assertThat(PROVINCE.counties()).hasSizeGreaterThan(36);
        assertThat(PROVINCE.counties())
                .allMatch(c -> known.contains(
                        c.code() + "," + c.name() + ",county," + c.code().substring(0, 4) + "00"));
    }

    @Test
    void agesMakeAPlausiblePyramid() {
        assertThat(share(p -> p.age() < 15)).isBetween(0.13, 0.22);
        assertThat(share(p -> p.age() >= 60)).isBetween(0.16, 0.27);
        assertThat(share(p -> p.age() >= 80)).isBetween(0.01, 0.06);
        assertThat(share(p -> p.age() > 105)).isZero();
        assertThat(share(p -> p.sex() == Sex.MALE)).isCloseTo(0.505, within(0.03));
        double oldWomen = share(p -> p.age() >= 75 && p.sex() == Sex.FEMALE);
        assertThat(oldWomen).isGreaterThan(share(p -> p.age() >= 75 && p.sex() == Sex.MALE));
        // No decade of life is empty, none holds a third of the people.
        for (int decade = 0; decade < 9; decade++) {
            int from = decade * 10;
            assertThat(share(p -> p.age() >= from && p.age() < from + 10)).isBetween(0.01, 0.25);
        }
    }

    @Test
    void householdsHoldTogether() {
        int next = 0;
        for (Household h : PROVINCE.households()) {
            assertThat(h.firstPerson()).isEqualTo(next);
            List<Person> members = PROVINCE.persons().subList(next, next + h.size());
            assertThat(members.getFirst().relation()).isEqualTo(Relation.HEAD);
            assertThat(members)
                    .allMatch(m -> m.household() == h.index() && m.county().equals(h.county()));
            assertThat(members.stream().filter(m -> m.relation() == Relation.HEAD))
                    .hasSize(1);
            assertThat(members.stream().filter(m -> m.relation() == Relation.SPOUSE))
                    .hasSizeLessThan(2);
            next += h.size();
        }
        assertThat(next).isEqualTo(PROVINCE.size());
        double mean = (double) PROVINCE.size() / PROVINCE.households().size();
        assertThat(mean).isBetween(2.4, 3.0);
    }

    @Test
    void marriagesAreBetweenAManAndAWomanOfAgeAndNobodyIsMarriedTwice() {
        assertThat(PROVINCE.marriages()).hasSizeGreaterThan(6_000);
        Set<Integer> married = new HashSet<>();
        for (Marriage m : PROVINCE.marriages()) {
            Person husband = PROVINCE.personAt(m.husband());
            Person wife = PROVINCE.personAt(m.wife());
            assertThat(husband.sex()).isEqualTo(Sex.MALE);
            assertThat(wife.sex()).isEqualTo(Sex.FEMALE);
            assertThat(husband.household()).isEqualTo(wife.household());
            LocalDate day = m.registered();
            assertThat(day).isBeforeOrEqualTo(SyntheticProvince.REFERENCE_DATE);
            assertThat(husband.birthDate().plusYears(22)).isBeforeOrEqualTo(day);
            assertThat(wife.birthDate().plusYears(20)).isBeforeOrEqualTo(day);
            assertThat(married.add(m.husband()) && married.add(m.wife())).isTrue();
        }
    }

    @Test
    void incomesAreSkewedAndRiseWithSchooling() {
        int[] earned = PROVINCE.persons().stream()
                .mapToInt(Person::incomeYuan)
                .filter(i -> i > 0)
                .sorted()
                .toArray();
        double mean = Arrays.stream(earned).average().orElseThrow();
        int median = earned[earned.length / 2];
        assertThat(median).isBetween(2_000, 6_000);
        assertThat(mean).isGreaterThan(median * 1.1);
        assertThat(earned[earned.length - 1]).isGreaterThan(10 * median);
        assertThat(meanIncome(Education.BACHELOR)).isGreaterThan(1.5 * meanIncome(Education.JUNIOR_SECONDARY));
        assertThat(PROVINCE.persons().stream().filter(p -> p.age() < 16)).allMatch(p -> p.incomeYuan() == 0);
        assertThat(share(Person::insured)).isBetween(0.6, 0.95);
    }

    @Test
    void aPersonHasNoneOneOrManyBenefitsAndFewPersonsDrawVeryMuch() {
        Map<Integer, Long> claims =
                PROVINCE.benefits().stream().collect(Collectors.groupingBy(Benefit::person, Collectors.counting()));
        assertThat(claims.size()).isBetween(PROVINCE.size() / 20, PROVINCE.size() / 2);
        assertThat(claims.values().stream().filter(n -> n > 1).count()).isGreaterThan(claims.size() / 3);
        assertThat(PROVINCE.benefits()).allMatch(b -> b.amountYuan() > 0 && b.year() >= 2021 && b.year() <= 2025);
        assertThat(PROVINCE.benefits().stream().map(Benefit::kind).collect(Collectors.toSet()))
                .hasSize(BenefitKind.values().length);
        int[] medical = PROVINCE.benefits().stream()
                .filter(b -> b.kind() == BenefitKind.MEDICAL)
                .mapToInt(Benefit::amountYuan)
                .sorted()
                .toArray();
        assertThat(medical[medical.length - 1]).isGreaterThan(20 * medical[medical.length / 2]);
        assertThat(PROVINCE.benefits().stream().filter(b -> b.kind() == BenefitKind.OLD_AGE))
                .allMatch(b ->
                        b.year() - PROVINCE.personAt(b.person()).birthDate().getYear() >= 80);
    }

    @Test
    void namesAreOfHanAndOtherFormsAndNormaliseToSomething() {
        for (Person p : PROVINCE.persons()) {
            String normal = Normalizer.normalize(p.name(), Normalizer.Form.NFKC);
            assertThat(normal).isEqualTo(p.name()).isNotBlank().doesNotContainAnyWhitespaces();
            assertThat(p.name().codePointCount(0, p.name().length())).isGreaterThanOrEqualTo(2);
            assertThat(p.name().codePoints()).allMatch(c -> Character.isIdeographic(c) || c == '·');
        }
        assertThat(share(p -> p.name().contains("·"))).isBetween(0.004, 0.014);
        assertThat(share(p -> p.name().codePoints().anyMatch(c -> c >= 0x20000 && c <= 0x2A6DF)))
                .isBetween(0.001, 0.01);
        assertThat(share(p -> p.name().startsWith("王"))).isBetween(0.05, 0.1);
        assertThat(PROVINCE.persons().stream().map(Person::name).distinct().count())
                .isGreaterThan(PROVINCE.size() / 3);
    }

    @Test
    void writesTheRegistryTheZoneAndWhatItPromises(@TempDir Path folder) throws IOException {
        SyntheticProvince small = SyntheticProvince.generate(3, 500);
        StringWriter registry = new StringWriter();
        small.writePersonRegistry(registry);
        List<String> lines = registry.toString().lines().toList();
        assertThat(lines).hasSize(501).first().isEqualTo("id_number,name");
        Person known = small.personAt(321);
        assertThat(lines.get(322)).isEqualTo(known.idNumber() + "," + known.name());

        small.writeZoneTables(folder);
        List<String> persons = Files.readAllLines(folder.resolve("person.csv"));
        List<String> benefits = Files.readAllLines(folder.resolve("benefit.csv"));
        assertThat(persons).hasSize(501);
        assertThat(benefits).hasSize(small.benefits().size() + 1);
        // Nothing of the identity crosses into the zone.
        assertThat(String.join("\n", persons)).doesNotContain(known.idNumber()).doesNotContain(known.name());
        for (ZoneTable table : ZoneTable.values()) {
            try (InputStream streamed = small.openZoneTable(table)) {
                assertThat(streamed).hasSameContentAs(Files.newInputStream(folder.resolve(table.tableName() + ".csv")));
            }
        }
        String yaml = SyntheticProvince.zoneDeclaration();
        assertThat(yaml).contains("zone: " + SyntheticProvince.ZONE);
        for (String column : (persons.getFirst() + "," + benefits.getFirst()).split(",", -1)) {
            assertThat(yaml).contains(" " + column + ":");
        }
    }

    @Test
    void writesEnterprisesAndMarriagesForFurtherProducts() throws IOException {
        SyntheticProvince small = SyntheticProvince.generate(3, 2_000);
        StringWriter enterprises = new StringWriter();
        small.writeEnterpriseRegistry(enterprises);
        Enterprise first = small.enterprises().getFirst();
        assertThat(enterprises.toString().lines().toList())
                .hasSize(small.enterprises().size() + 1)
                .element(1)
                .asString()
                .startsWith(first.creditCode() + "," + first.name() + ","
                        + small.personAt(first.legalRepresentative()).name());
        StringWriter marriages = new StringWriter();
        small.writeMarriageRegistry(marriages);
        assertThat(marriages.toString().lines()).hasSize(small.marriages().size() + 1);
    }

    @Test
    void aScanFindsAPlainValueInAFileAndOnlyThere(@TempDir Path folder) throws IOException {
        SyntheticProvince small = SyntheticProvince.generate(3, 2_000);
        PlainValueScan scan = new PlainValueScan(small.plainValues());
        assertThat(scan.size()).isGreaterThan(4_000);
        Files.write(folder.resolve("noise"), new byte[1 << 20]);
        assertThat(scan.in(folder)).isEmpty();
        String number = small.personAt(1_999).idNumber();
        Path leak = Files.writeString(folder.resolve("leak"), "x".repeat(5_000) + number);
        assertThat(scan.in(folder)).containsExactly(new PlainValueScan.Finding(leak, 5_000, PlainValue.Kind.ID_NUMBER));
    }

    private static double meanIncome(Education education) {
        return PROVINCE.persons().stream()
                .filter(p -> p.education() == education && p.age() >= 30 && p.age() < 55 && p.incomeYuan() > 0)
                .mapToInt(Person::incomeYuan)
                .average()
                .orElseThrow();
    }

    private static double share(Predicate<Person> which) {
        return (double) PROVINCE.persons().stream().filter(which).count() / PROVINCE.size();
    }

    private static String digest(SyntheticProvince province) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (Writer out = new OutputStreamWriter(
                new DigestOutputStream(OutputStream.nullOutputStream(), sha256), StandardCharsets.UTF_8)) {
            province.writePersonRegistry(out);
            province.writeMarriageRegistry(out);
            province.writeEnterpriseRegistry(out);
            for (ZoneTable table : ZoneTable.values()) {
                province.writeZoneTable(table, out);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
