package org.datareturn.verifier;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Bearing;
import org.datareturn.verifier.product.Condition;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SealedFacts;
import org.datareturn.verifier.tokens.SubjectToken;

/**
 * Looks well-formed requests up in the registries: the same work for each of them, whatever the registry holds. Thread-safe.
 */
final class Lookup {
    private final Map<String, RegistryStore> stores;
    private final Map<String, Shape> shapes;
    private final Clock clock;
    /** Compared with where there is no record, so that a comparison takes place all the same. */
    private final MatchToken decoy;

    /** What a product's registry looks like, by the line its tokens are bound to; made once. */
    private record Shape(String canonical, int facts) {}

    /**
     * A well-formed request.
     *
     * @param subject whom it is about, as the ledger knows them
     */
    record Sound(NormalRequest.WellFormed request, SubjectToken subject) {}

    /** @throws IllegalArgumentException when a store has another shape than a product of its registry wants */
    Lookup(Products products, Collection<? extends RegistryStore> all, Clock clock) {
        Map<String, RegistryStore> byName = new HashMap<>();
        for (RegistryStore store : all) {
            if (byName.put(store.schema().registry(), store) != null) {
                throw new IllegalArgumentException(
                        "two stores of the registry " + store.schema().registry());
            }
        }
        Map<String, Shape> known = new HashMap<>();
        for (ProductDeclaration product : products.all()) {
            RegistryStore store = byName.get(product.registry());
            RegistrySchema schema = product.schema();
            known.put(
                    product.name(), new Shape(schema.canonical(), schema.facts().size()));
            if (store != null && !store.schema().equals(schema)) {
                throw new IllegalArgumentException("the registry " + product.registry()
                        + " has not the shape the product " + product.name() + " wants");
            }
        }
        this.stores = Map.copyOf(byName);
        this.shapes = Map.copyOf(known);
        this.clock = clock;
        byte[] random = new byte[MatchToken.LENGTH];
        new SecureRandom().nextBytes(random);
        this.decoy = new MatchToken(random);
    }

    /** Looks one request up. */
    Found of(ProductDeclaration product, Sound sound) {
        return leased(
                product,
                lease -> judged(
                        product,
                        lease,
                        sound,
                        lease.read(lease.tokens()
                                .key(shape(product).canonical(), sound.request().identity()))),
                found -> found);
    }

    /**
     * Looks many requests of one product up, in one edition and with one reading of it.
     *
     * @return what each came to, in order
     */
    List<Found> ofAll(ProductDeclaration product, List<Sound> all) {
        return leased(
                product,
                lease -> ofAll(product, lease, all),
                found -> all.stream().map(one -> found).toList());
    }

    private List<Found> ofAll(ProductDeclaration product, Lease lease, List<Sound> all) {
        // What a row costs is mostly keyed tokens, which need nothing of other rows: so a page uses all processors.
        List<RecordKey> keys = all.parallelStream()
                .map(sound -> lease.tokens()
                        .key(shape(product).canonical(), sound.request().identity()))
                .toList();
        List<Reading> readings = lease.readAll(keys);
        return IntStream.range(0, all.size())
                .parallel()
                .mapToObj(i -> judged(product, lease, all.get(i), readings.get(i)))
                .toList();
    }

    private <T> T leased(ProductDeclaration product, Function<Lease, T> work, Function<Found, T> without) {
        RegistryStore store = stores.get(product.registry());
        Optional<Lease> leased = store == null ? Optional.empty() : store.lease();
        if (leased.isEmpty()) {
            return without.apply(nothing(VerifierReason.REGISTRY_NOT_LOADED, product));
        }
        try (Lease lease = leased.get()) {
            return work.apply(lease);
        }
    }

    private Shape shape(ProductDeclaration product) {
        return Objects.requireNonNull(shapes.get(product.name()));
    }

    private Found judged(ProductDeclaration product, Lease lease, Sound sound, Reading reading) {
        return switch (reading) {
            case Reading.Unreadable unreadable -> nothing(VerifierReason.REGISTRY_UNREADABLE, product);
            case Reading.Present(RecordValue value) -> judged(product, lease, sound, value, true);
            // Everything is done for the sake of equal work; no record is never a match.
            case Reading.Absent absent ->
                judged(product, lease, sound, decoy(shape(product).facts()), false);
        };
    }

    /** Compares tokens and looks at conditions, whether the one decides or the other or neither. */
    private Found judged(ProductDeclaration product, Lease lease, Sound sound, RecordValue value, boolean present) {
        String shape = shape(product).canonical();
        NormalRequest.WellFormed request = sound.request();
        MatchToken asked = lease.tokens().match(shape, request.identity(), request.matches());
        boolean agrees = asked.agreesWith(value.match());
        Optional<int[]> opened = lease.tokens().openFacts(shape, request.identity(), value.facts());
        if (present && opened.isEmpty()) {
            return nothing(VerifierReason.REGISTRY_UNREADABLE, product);
        }
        int[] facts = opened.orElseGet(() -> new int[shape(product).facts()]);
        boolean holds = agrees;
        for (Condition condition : product.conditions()) {
            holds &= condition.holds(facts, request.byName(), LocalDate.now(clock));
        }
        boolean yes = switch (product.yesWhen()) {
            case PRESENT -> holds && present;
            case ABSENT -> !present;
        };
        boolean identified = present && (agrees || !product.asksForName());
        Edition edition = lease.edition();
        return new Found.Answer(
                yes,
                present,
                new SourceAttribution(
                        product.provider(),
                        edition.origin().source(),
                        edition.origin().acquiredOn(),
                        edition.name()),
                sound.subject(),
                bearing(product, yes, identified));
    }

    private RecordValue decoy(int factCount) {
        return new RecordValue(decoy, new SealedFacts(new byte[SealedFacts.length(factCount)]));
    }

    /**
     * What an answer tells a searcher. Of a list nobody wants to be on, the rare no is what is searched for, so every
     * candidate counts.
     *
     * @param identified whether there is a record of whom the request names: it agrees, or there is no name to disagree
     */
    private static Bearing bearing(ProductDeclaration product, boolean yes, boolean identified) {
        return switch (product.yesWhen()) {
            case PRESENT -> yes ? Bearing.NOTHING : identified ? Bearing.CONDITION_UNMET : Bearing.MISS;
            case ABSENT -> Bearing.CANDIDATE;
        };
    }

    private static Found nothing(VerifierReason reason, ProductDeclaration product) {
        return new Found.Nothing(Refusal.of(reason, product.registry()));
    }
}
