package org.datareturn.sandbox.province;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A whole province drawn at random from a seed: the same seed and size give the same province, byte for byte, on every
 * machine.
 *
 * <p>Nobody in it exists. Identity numbers and credit codes are valid in form only — real area codes, a possible date,
 * a random sequence, the right check character — so one may by chance equal a number that was really issued; names,
 * incomes and benefits are drawn independently of any person. The county codes are those of some counties of Shandong
 * (GB/T 2260), the shares of ages, surnames and incomes are rough and no statistic.
 *
 * <p>Immutable and thread-safe.
 */
public final class SyntheticProvince {
    /** The day ages are counted at: the last of a year, so that age and year of birth give each other. */
    public static final LocalDate REFERENCE_DATE = LocalDate.of(2025, 12, 31);

    /** Persons in a province when nobody says how many. */
    public static final int DEFAULT_PERSONS = 100_000;

    /** The name of the data zone its tables make up. */
    public static final String ZONE = "livelihood";

    private static final int MOST_PERSONS = 5_000_000;

    private final long seed;
    private final List<County> counties;
    private final List<Person> persons;
    private final List<Household> households;
    private final List<Marriage> marriages;
    private final List<Benefit> benefits;
    private final List<Enterprise> enterprises;

    private SyntheticProvince(long seed, int size) {
        ProvinceFacts facts = ProvinceFacts.load();
        Dice dice = new Dice(new SplittableRandom(seed));
        PopulationDraw population = new PopulationDraw(facts, dice.split(), size);
        this.seed = seed;
        this.counties = facts.counties();
        this.persons = List.copyOf(population.persons());
        this.households = List.copyOf(population.households());
        this.marriages = List.copyOf(population.marriages());
        this.benefits = List.copyOf(new BenefitDraw(dice.split(), persons).claims());
        this.enterprises = List.copyOf(new EnterpriseDraw(facts, dice.split(), persons).draw());
    }

    /** A province of {@value #DEFAULT_PERSONS} persons. */
    public static SyntheticProvince generate(long seed) {
        return generate(seed, DEFAULT_PERSONS);
    }

    /**
     * A province.
     *
     * @param seed what everything is drawn from
     * @param persons how many persons, 1 … 5,000,000; some 400 bytes of memory each
     * @throws IllegalArgumentException when the number of persons is out of range
     */
    public static SyntheticProvince generate(long seed, int persons) {
        if (persons < 1 || persons > MOST_PERSONS) {
            throw new IllegalArgumentException("persons must be 1 … " + MOST_PERSONS + ", was " + persons);
        }
        return new SyntheticProvince(seed, persons);
    }

    /** The declaration of the data zone {@code livelihood} (民生专区) over {@link ZoneTable}, YAML. */
    public static String zoneDeclaration() {
        return ProvinceFacts.text("livelihood.yaml");
    }

    /** What it was drawn from. */
    public long seed() {
        return seed;
    }

    /** How many persons there are. */
    public int size() {
        return persons.size();
    }

    /**
     * One person, whose true name and number a caller may check.
     *
     * @param index 0 … {@link #size()} - 1
     */
    public Person personAt(int index) {
        return persons.get(index);
    }

    /** The counties, whether anyone lives there or not. */
    public List<County> counties() {
        return counties;
    }

    /** All persons, household by household. */
    public List<Person> persons() {
        return persons;
    }

    /** All households, in the order of their persons. */
    public List<Household> households() {
        return households;
    }

    /** All marriages in force. */
    public List<Marriage> marriages() {
        return marriages;
    }

    /** All benefit claims, in the order of their persons. */
    public List<Benefit> benefits() {
        return benefits;
    }

    /** All enterprises. */
    public List<Enterprise> enterprises() {
        return enterprises;
    }

    /**
     * Writes what an identity registry loads: CSV with the columns {@code id_number,name}. The caller closes the writer.
     *
     * @throws IOException when the writer fails
     */
    public void writePersonRegistry(Writer out) throws IOException {
        write(ProvinceCsv.personRegistry(this), out);
    }

    /** The registry of the product {@code marriage-check}, CSV in UTF-8, made as it is read. */
    public InputStream openMarriageCheckRegistry() {
        return new LineStream(ProvinceCsv.marriageCheckRegistry(this).iterator());
    }

    /** What {@link #writePersonRegistry} writes, as UTF-8, made as it is read. */
    public InputStream openPersonRegistry() {
        return new LineStream(ProvinceCsv.personRegistry(this).iterator());
    }

    /**
     * Writes what an enterprise registry loads: CSV with the columns
     * {@code credit_code,name,legal_representative,industry,employees,registered_capital_yuan,county}.
     *
     * @throws IOException when the writer fails
     */
    public void writeEnterpriseRegistry(Writer out) throws IOException {
        write(ProvinceCsv.enterpriseRegistry(this), out);
    }

    /**
     * Writes what a marriage registry loads: CSV with the columns
     * {@code husband_id_number,husband_name,wife_id_number,wife_name,registered}.
     *
     * @throws IOException when the writer fails
     */
    public void writeMarriageRegistry(Writer out) throws IOException {
        write(ProvinceCsv.marriageRegistry(this), out);
    }

    /**
     * Writes one table of the data zone as CSV with a header line, columns as {@link #zoneDeclaration()} names them.
     *
     * @throws IOException when the writer fails
     */
    public void writeZoneTable(ZoneTable table, Writer out) throws IOException {
        write(ProvinceCsv.zoneTable(this, table), out);
    }

    /** What {@link #writeZoneTable} writes, as UTF-8, made as it is read: no plain row needs to touch the disk. */
    public InputStream openZoneTable(ZoneTable table) {
        return new LineStream(ProvinceCsv.zoneTable(this, table).iterator());
    }

    /**
     * Writes every table of the data zone as {@code TABLE.csv} into a folder, which is made when it is missing.
     *
     * @throws IOException when a file cannot be written
     */
    public void writeZoneTables(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (ZoneTable table : ZoneTable.values()) {
            try (Writer out =
                    Files.newBufferedWriter(folder.resolve(table.tableName() + ".csv"), StandardCharsets.UTF_8)) {
                writeZoneTable(table, out);
            }
        }
    }

    /** Every name, number, income and zone row of every person: what must be found nowhere outside memory. */
    public Stream<PlainValue> plainValues() {
        return IntStream.range(0, persons.size()).mapToObj(persons::get).flatMap(person -> {
            Stream<PlainValue> always = Stream.of(
                    new PlainValue(PlainValue.Kind.NAME, person.name()),
                    new PlainValue(PlainValue.Kind.ID_NUMBER, person.idNumber()),
                    new PlainValue(PlainValue.Kind.ZONE_ROW, ProvinceCsv.personRow(person)));
            return person.incomeYuan() == 0
                    ? always
                    : Stream.concat(
                            always,
                            Stream.of(new PlainValue(PlainValue.Kind.INCOME, Integer.toString(person.incomeYuan()))));
        });
    }

    private static void write(Stream<String> lines, Writer out) throws IOException {
        Iterator<String> each = lines.iterator();
        while (each.hasNext()) {
            out.write(each.next());
            out.write('\n');
        }
    }
}
