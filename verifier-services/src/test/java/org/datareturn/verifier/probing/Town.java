package org.datareturn.verifier.probing;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.PersonName;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;

/** A guard before a register of nobody, whose persons share names as people do. */
final class Town {
    static final SubjectTokens KEYS = SubjectTokens.ephemeral();
    private static final ProductDeclaration PRODUCT =
            Products.standard().named("identity-check").orElseThrow();
    private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平";

    final MovingClock clock = new MovingClock();
    final List<RiskEvent> events = new ArrayList<>();
    final ProbeGuard guard;
    final List<Person> persons = new ArrayList<>();
    final SplittableRandom random;
    private final Map<String, String> register = new HashMap<>();
    private final Map<String, Integer> told = new ConcurrentHashMap<>();
    final AtomicInteger lookUps = new AtomicInteger();

    record Person(String number, String name) {}

    /** What somebody was told. */
    enum Told {
        MATCH,
        NO,
        REFUSED,
        SUSPENDED
    }

    Town(long seed, int people) {
        this(seed, people, new InProcessProbeMemory());
    }

    Town(long seed, int people, ProbeMemory memory) {
        random = new SplittableRandom(seed);
        guard = new ProbeGuard(ProbingLimits.standard(), memory, KEYS, Canaries.none(), this::noted, clock);
        while (register.size() < people) {
            settle(SyntheticNumbers.idNumber(random, LocalDate.of(2008, 1, 1)), name());
        }
    }

    private synchronized void noted(RiskEvent event) {
        events.add(event);
    }

    /** A person moves in, unless the number is taken. */
    Person settle(String number, String name) {
        Person person = new Person(number, name);
        if (register.putIfAbsent(number, name) == null) {
            persons.add(person);
        }
        return person;
    }

    String name() {
        String given = one(GIVEN) + (random.nextInt(3) == 0 ? one(GIVEN) : "");
        return one(SURNAMES) + given;
    }

    String one(String characters) {
        return characters.substring(0, 0) + characters.charAt(random.nextInt(characters.length()));
    }

    Person anybody() {
        return persons.get(random.nextInt(persons.size()));
    }

    String date(LocalDate day) {
        return day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** Asks as the verifier does. */
    Told ask(String operator, String number, String name) {
        Asker asker = new Asker("91350100M000100Y43", operator, "grant-1");
        Parsed<IdNumber> idNumber = IdNumber.parse(number, clock);
        Parsed<PersonName> personName = PersonName.parse(name);
        Guarded<Boolean> guarded = idNumber instanceof Parsed.Accepted<IdNumber>(IdNumber id)
                        && personName instanceof Parsed.Accepted<PersonName>(PersonName spelled)
                ? guard.ask(
                        asker,
                        question(id, spelled),
                        () -> holds(id, spelled),
                        match -> match ? Bearing.NOTHING : Bearing.MISS)
                : guard.malformed(
                        asker,
                        "identity-check",
                        List.of(number, name),
                        Refusal.of(VerifierReason.ID_NUMBER_CHECK, "id_number"));
        return switch (guarded) {
            case Guarded.Answered<Boolean> answered -> answered.answer() ? Told.MATCH : Told.NO;
            case Guarded.Refused<Boolean>(Refusal refusal) -> {
                told.merge(refusal.reason().name(), 1, Integer::sum);
                yield Told.REFUSED;
            }
            case Guarded.Suspended<Boolean> suspended -> Told.SUSPENDED;
        };
    }

    /** How often something was refused for a reason. */
    int refusals(VerifierReason reason) {
        return told.getOrDefault(reason.name(), 0);
    }

    static Question question(NormalValue id, NormalValue name) {
        return Question.of(PRODUCT, List.of(id), List.of(name), List.of(), LocalDate.of(2026, 1, 5), KEYS);
    }

    private boolean holds(IdNumber id, PersonName name) {
        lookUps.incrementAndGet();
        return name.plain().equals(register.get(id.plain()));
    }

    static Clock today() {
        return new MovingClock();
    }
}
