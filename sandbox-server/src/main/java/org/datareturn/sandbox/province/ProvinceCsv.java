package org.datareturn.sandbox.province;

import java.util.stream.Stream;

/** The province as lines of CSV (RFC 4180); no value drawn holds a comma, a quote or a line break. */
final class ProvinceCsv {
    private ProvinceCsv() {}

    static Stream<String> personRegistry(SyntheticProvince province) {
        return Stream.concat(
                Stream.of("id_number,name"), province.persons().stream().map(p -> p.idNumber() + "," + p.name()));
    }

    static Stream<String> enterpriseRegistry(SyntheticProvince province) {
        return Stream.concat(
                Stream.of("credit_code,name,legal_representative,industry,employees,registered_capital_yuan,county"),
                province.enterprises().stream()
                        .map(e -> String.join(
                                ",",
                                e.creditCode(),
                                e.name(),
                                province.personAt(e.legalRepresentative()).name(),
                                e.industry().label(),
                                Integer.toString(e.employees()),
                                Long.toString(e.registeredCapitalYuan()),
                                e.county().code())));
    }

    static Stream<String> marriageRegistry(SyntheticProvince province) {
        return Stream.concat(
                Stream.of("husband_id_number,husband_name,wife_id_number,wife_name,registered"),
                province.marriages().stream().map(m -> {
                    Person husband = province.personAt(m.husband());
                    Person wife = province.personAt(m.wife());
                    return String.join(
                            ",",
                            husband.idNumber(),
                            husband.name(),
                            wife.idNumber(),
                            wife.name(),
                            m.registered().toString());
                }));
    }

    /** As the product {@code marriage-check} wants it. */
    static Stream<String> marriageCheckRegistry(SyntheticProvince province) {
        return Stream.concat(
                Stream.of("id_number,name,spouse_id_number,spouse_name"),
                province.marriages().stream().map(m -> {
                    Person husband = province.personAt(m.husband());
                    Person wife = province.personAt(m.wife());
                    return String.join(",", husband.idNumber(), husband.name(), wife.idNumber(), wife.name());
                }));
    }

    static Stream<String> zoneTable(SyntheticProvince province, ZoneTable table) {
        return switch (table) {
            case PERSON ->
                Stream.concat(
                        Stream.of("person_id,county,sex,age,education,occupation,income_yuan,insured,household_id"),
                        province.persons().stream().map(ProvinceCsv::personRow));
            case BENEFIT ->
                Stream.concat(
                        Stream.of("person_id,kind,year,amount_yuan"),
                        province.benefits().stream()
                                .map(b -> String.join(
                                        ",",
                                        Long.toString(
                                                province.personAt(b.person()).personId()),
                                        b.kind().label(),
                                        Integer.toString(b.year()),
                                        Integer.toString(b.amountYuan()))));
        };
    }

    static String personRow(Person p) {
        return String.join(
                ",",
                Long.toString(p.personId()),
                p.county().code(),
                p.sex().label(),
                Integer.toString(p.age()),
                p.education().label(),
                p.occupation().label(),
                Integer.toString(p.incomeYuan()),
                Boolean.toString(p.insured()),
                Integer.toString(p.household()));
    }
}
