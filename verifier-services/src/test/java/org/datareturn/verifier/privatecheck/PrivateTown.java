package org.datareturn.verifier.privatecheck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.product.Text;

/** Persons of nobody, a registry of some of them, and the calls of one agency. */
public final class PrivateTown {
    public static final String PRODUCT = "identity-check";
    public static final Set<String> FIELDS = Set.of("id_number", "name");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.ofHours(8));
    private static final SourceAttribution SOURCE = new SourceAttribution(
            new Text("人口主管部门", "Population authority"), "extract 2026-11", LocalDate.of(2026, 11, 1), "population/1");
    private static final ItemReader READER = new ItemReader(product(PRODUCT), CLOCK);

    private PrivateTown() {}

    /** Somebody. */
    public record Person(String idNumber, String name) {
        public PrivateItem item() {
            return PrivateTown.item(Map.of("id_number", idNumber, "name", name));
        }

        public Person named(String other) {
            return new Person(idNumber, other);
        }
    }

    /** Different persons, always the same for one seed. */
    public static List<Person> persons(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Person> byNumber = new LinkedHashMap<>();
        while (byNumber.size() < count) {
            String number = SyntheticNumbers.idNumber(random, LocalDate.of(2005, 12, 31));
            String name = "" + "王李张刘陈杨黄赵".charAt(random.nextInt(8)) + "伟芳娜敏静强磊洋艳勇".charAt(random.nextInt(10));
            byNumber.putIfAbsent(number, new Person(number, name));
        }
        return List.copyOf(byNumber.values());
    }

    public static PrivateItem item(Map<String, String> fields) {
        return switch (READER.read(fields)) {
            case ItemReading.Read read -> read.item();
            case ItemReading.Malformed malformed -> throw new AssertionError(malformed.refusal());
        };
    }

    public static List<PrivateItem> items(List<Person> persons) {
        return persons.stream().map(Person::item).toList();
    }

    public static ItemReader reader() {
        return READER;
    }

    public static ProductDeclaration product(String name) {
        return Products.standard().named(name).orElseThrow();
    }

    public static EpochScope scope(String grant, String epoch) {
        return new EpochScope("population", grant, epoch);
    }

    public static EpochKeys keys() {
        byte[] secret = new byte[EpochKeys.MIN_SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new EpochKeys(secret);
    }

    /** An epoch of the identity check whose registry holds these persons. */
    public static OpenEpoch epoch(EpochKeys keys, EpochScope scope, List<Person> registry, long quota) {
        List<PrivateEntry> entries = new ArrayList<>();
        registry.forEach(person -> entries.add(new PrivateEntry(person.item(), PrivateAnswer.YES)));
        return epochOf(keys, scope, entries, quota);
    }

    static OpenEpoch epochOf(EpochKeys keys, EpochScope scope, List<PrivateEntry> entries, long quota) {
        return OpenEpoch.make(keys, product(PRODUCT), scope, entries.iterator(), SOURCE, quota, new SecureRandom());
    }

    public static byte[] download(AnswerTable table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.writeTo(out);
        return out.toByteArray();
    }

    /** An authorised call of a grant for the identity check. */
    public static AuthorisedCall call(String grant) {
        return call(grant, Set.of(PRODUCT), FIELDS, FIELDS);
    }

    static AuthorisedCall call(String grant, Set<String> products, Set<String> granted, Set<String> sent) {
        PolicyInput input = new PolicyInput(
                new Caller("91350100M000100Y43", "op", Set.of(Caller.Role.OPERATOR), "370102", Caller.Proof.MTLS),
                Optional.of(new GrantFacts(
                        grant,
                        GrantFacts.Status.ACTIVE,
                        "91350100M000100Y43",
                        "scenario",
                        Purpose.ADMINISTRATIVE_BASIS,
                        Instant.EPOCH,
                        Instant.MAX,
                        products,
                        Set.of(),
                        granted,
                        Set.of("370000"))),
                new Ask.Verify(PRODUCT, sent, Purpose.ADMINISTRATIVE_BASIS, "370102"),
                TimeFacts.at(CLOCK.instant().atZone(CLOCK.getZone()), true));
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false);
        return (AuthorisedCall) new Authoriser(asked -> new Decision.Allow(obligations, "test")).authorise(input);
    }
}
