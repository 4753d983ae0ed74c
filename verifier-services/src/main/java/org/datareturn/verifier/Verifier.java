package org.datareturn.verifier;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Asked;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Bearing;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.Question;
import org.datareturn.verifier.probing.QuotaLeft;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.product.Condition;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.together.Gathering;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SealedFacts;
import org.datareturn.verifier.tokens.SubjectToken;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Checks requests against registries; the only maker of {@link Checked}.
 *
 * <p>A request is held to its product, its call and the formats of its values before any registry is read, so a refusal
 * of that kind depends on the request alone. Then the {@link ProbeGuard} holds it to the limits. What follows is the same work for every well-formed request: three
 * evaluations of the pseudo-random function, one read of the store, one constant-time comparison. "Not found" and "does
 * not match" can then be told apart neither by the answer, unless the policy and the product both allow it, nor by the
 * work done.
 *
 * <p>Thread-safe.
 */
public final class Verifier {
    private static final Set<ReasonCode> STOPPING = Set.of(
            VerifierReason.OPERATOR_QUOTA_USED_UP,
            VerifierReason.GRANT_QUOTA_USED_UP,
            VerifierReason.OPERATOR_THROTTLED);

    private final Products products;
    private final Map<String, RegistryStore> stores;
    private final Map<String, Shape> shapes;
    private final SubjectTokens tokens;
    private final ProbeGuard guard;
    private final Gathering<Together, Asked<Found>, Guarded<Found>> gathering;
    private final Clock clock;
    /** Compared with where there is no record, so that a comparison takes place all the same. */
    private final MatchToken decoy;

    /**
     * A verifier.
     *
     * @param products the products it answers
     * @param stores the registries behind them; a product whose registry is not among them is refused
     * @param tokens makes the ledger's subject tokens
     * @param guard holds every question to the limits against probing
     * @param clock says which dates lie in the future, in its own time zone
     * @throws IllegalArgumentException when a store has another shape than a product of its registry wants
     */
    public Verifier(
            Products products,
            Collection<? extends RegistryStore> stores,
            SubjectTokens tokens,
            ProbeGuard guard,
            Clock clock) {
        Map<String, RegistryStore> byName = new HashMap<>();
        for (RegistryStore store : stores) {
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
        this.products = products;
        this.stores = Map.copyOf(byName);
        this.shapes = Map.copyOf(known);
        this.tokens = tokens;
        this.guard = guard;
        this.gathering = new Gathering<>(this::decided);
        this.clock = clock;
        byte[] random = new byte[MatchToken.LENGTH];
        new SecureRandom().nextBytes(random);
        this.decoy = new MatchToken(random);
    }

    /** What a product's registry looks like, by the line its tokens are bound to; made once. */
    private record Shape(String canonical, int facts) {}

    private Shape shape(ProductDeclaration product) {
        return Objects.requireNonNull(shapes.get(product.name()));
    }

    /** Checks one request under one authorised call. */
    public VerificationOutcome verify(AuthorisedCall call, VerificationRequest request) {
        Optional<ProductDeclaration> named = products.named(request.product());
        if (named.isEmpty()) {
            return refused(VerifierReason.PRODUCT_UNKNOWN, shown(request.product()));
        }
        ProductDeclaration product = named.get();
        Optional<Refusal> unfit = holdToCall(call, product, request);
        if (unfit.isPresent()) {
            return new VerificationOutcome.Refused(unfit.get());
        }
        Asked<Found> asked = switch (NormalRequest.of(product, request, clock)) {
            case NormalRequest.Malformed malformed ->
                new Asked.Malformed<>(request.stamp(), parts(request), malformed.refusal());
            case NormalRequest.WellFormed wellFormed -> {
                // Looked up by each caller for itself; whether it may be told is decided together.
                Found found = lookUp(call, product, wellFormed);
                yield new Asked.WellFormed<>(request.stamp(), question(product, wellFormed), () -> found);
            }
        };
        return outcome(gathering.ask(new Together(Asker.of(call, Optional.empty()), product.name()), asked));
    }

    /**
     * Why a stream of requests is not taken, if it is not: its opening came before, or was sent too long ago. To be asked
     * once a stream.
     */
    public Optional<Refusal> stale(AuthorisedCall call, RequestStamp stamp) {
        return guard.stale(Asker.of(call, Optional.of(stamp)));
    }

    /**
     * Checks many requests of one product under one authorised call, each as if it were alone and after those before it.
     * Registry and memory are asked together.
     *
     * @param requests all of the call's product, with the call's fields
     * @param keeping what the guard is to keep with its work, once the outcomes are known
     * @return an outcome for each request, in order; shorter when one of them stops the rest ({@link #stops}), which is
     *     then the last
     */
    public List<VerificationOutcome> verifyAll(
            AuthorisedCall call,
            List<VerificationRequest> requests,
            Function<List<VerificationOutcome>, Optional<KeptPage>> keeping) {
        if (requests.isEmpty()) {
            return List.of();
        }
        Optional<ProductDeclaration> named = products.named(requests.getFirst().product());
        if (named.isEmpty()) {
            return List.of(refused(
                    VerifierReason.PRODUCT_UNKNOWN, shown(requests.getFirst().product())));
        }
        ProductDeclaration product = named.get();
        for (VerificationRequest request : requests) {
            Optional<Refusal> unfit = holdToCall(call, product, request);
            if (unfit.isPresent()) {
                return List.of(new VerificationOutcome.Refused(unfit.get()));
            }
        }
        RegistryStore store = stores.get(product.registry());
        Optional<Lease> leased = store == null ? Optional.empty() : store.lease();
        if (leased.isEmpty()) {
            return List.of(refused(VerifierReason.REGISTRY_NOT_LOADED, product.registry()));
        }
        try (Lease lease = leased.get()) {
            return guard
                    .askAll(
                            Asker.of(call, Optional.empty()),
                            product.name(),
                            asked(call, product, lease, requests),
                            Found::bearing,
                            guarded -> stops(outcome(guarded)),
                            guarded -> keeping.apply(
                                    guarded.stream().map(Verifier::outcome).toList()))
                    .stream()
                    .map(Verifier::outcome)
                    .toList();
        }
    }

    /**
     * Whether an outcome concerns the caller or the node rather than its own request: what follows would come to the same,
     * and asking again later is right.
     */
    public static boolean stops(VerificationOutcome outcome) {
        return switch (outcome) {
            case VerificationOutcome.Suspended suspended -> true;
            case VerificationOutcome.Refused(Refusal refusal) ->
                refusal.reason().kind() == ReasonCode.Kind.UNAVAILABLE || STOPPING.contains(refusal.reason());
            case Checked checked -> false;
        };
    }

    /** Questions that the guard decides together when they arrive together: one asker's, of one product. */
    private record Together(Asker asker, String product) {}

    /** What a look-up came to, and what it is to a searcher, which is nobody's to know. */
    private record Found(VerificationOutcome outcome, Bearing bearing) {}

    private Question question(ProductDeclaration product, NormalRequest.WellFormed request) {
        return Question.of(
                product, request.identity(), request.matches(), request.conditions(), LocalDate.now(clock), tokens);
    }

    private List<Guarded<Found>> decided(Together common, List<Asked<Found>> asked) {
        return guard.askAll(
                common.asker(),
                common.product(),
                asked,
                Found::bearing,
                outcome -> false,
                outcomes -> Optional.empty());
    }

    /** The same answer, once the quotas are counted. */
    private static Checked leaving(Checked answer, QuotaLeft left) {
        return new Checked(
                answer.call(), answer.product(), answer.answer(), answer.attribution(), answer.subject(), left);
    }

    private static VerificationOutcome outcome(Guarded<Found> guarded) {
        return switch (guarded) {
            case Guarded.Answered<Found>(Found found, QuotaLeft left) ->
                found.outcome() instanceof Checked checked ? leaving(checked, left) : found.outcome();
            case Guarded.Refused<Found>(Refusal refusal) -> new VerificationOutcome.Refused(refusal);
            case Guarded.Suspended<Found>(Refusal refusal) -> new VerificationOutcome.Suspended(refusal);
        };
    }

    private List<Asked<Found>> asked(
            AuthorisedCall call, ProductDeclaration product, Lease lease, List<VerificationRequest> requests) {
        String shape = shape(product).canonical();
        // What a row costs is mostly keyed tokens, which need nothing of other rows: so a page uses all processors.
        List<NormalRequest> normal = requests.parallelStream()
                .map(request -> NormalRequest.of(product, request, clock))
                .toList();
        List<RecordKey> keys = normal.parallelStream()
                .map(one -> one instanceof NormalRequest.WellFormed sound
                        ? Optional.of(lease.tokens().key(shape, sound.identity()))
                        : Optional.<RecordKey>empty())
                .flatMap(Optional::stream)
                .toList();
        Iterator<Reading> readings = lease.readAll(keys).iterator();
        List<Optional<Reading>> found = normal.stream()
                .map(one -> one instanceof NormalRequest.WellFormed
                        ? Optional.of(readings.next())
                        : Optional.<Reading>empty())
                .toList();
        return IntStream.range(0, normal.size())
                .parallel()
                .mapToObj(i -> asked(call, product, lease, requests.get(i), normal.get(i), found.get(i)))
                .toList();
    }

    private Asked<Found> asked(
            AuthorisedCall call,
            ProductDeclaration product,
            Lease lease,
            VerificationRequest request,
            NormalRequest normal,
            Optional<Reading> reading) {
        return switch (normal) {
            case NormalRequest.Malformed(Refusal refusal) -> new Asked.Malformed<>(parts(request), refusal);
            case NormalRequest.WellFormed sound -> {
                Found found = judged(call, product, lease, sound, reading.orElseThrow());
                yield new Asked.WellFormed<>(question(product, sound), () -> found);
            }
        };
    }

    private static List<String> parts(VerificationRequest request) {
        List<String> parts = new ArrayList<>(List.of(request.product()));
        new TreeMap<>(request.fields()).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return parts;
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

    private Found lookUp(AuthorisedCall call, ProductDeclaration product, NormalRequest.WellFormed request) {
        RegistryStore store = stores.get(product.registry());
        Optional<Lease> leased = store == null ? Optional.empty() : store.lease();
        if (leased.isEmpty()) {
            return notFound(VerifierReason.REGISTRY_NOT_LOADED, product.registry());
        }
        try (Lease lease = leased.get()) {
            RecordKey key = lease.tokens().key(shape(product).canonical(), request.identity());
            return judged(call, product, lease, request, lease.read(key));
        }
    }

    private Found judged(
            AuthorisedCall call,
            ProductDeclaration product,
            Lease lease,
            NormalRequest.WellFormed request,
            Reading reading) {
        return switch (reading) {
            case Reading.Unreadable unreadable -> notFound(VerifierReason.REGISTRY_UNREADABLE, product.registry());
            case Reading.Present(RecordValue value) -> judged(call, product, lease, request, value, true);
            // Everything is done for the sake of equal work; no record is never a match.
            case Reading.Absent absent ->
                judged(call, product, lease, request, decoy(shape(product).facts()), false);
        };
    }

    /** Compares tokens and looks at conditions, whether the one decides or the other or neither. */
    private Found judged(
            AuthorisedCall call,
            ProductDeclaration product,
            Lease lease,
            NormalRequest.WellFormed request,
            RecordValue value,
            boolean present) {
        String shape = shape(product).canonical();
        SubjectToken subject = tokens.subject(request.identity().getFirst());
        MatchToken asked = lease.tokens().match(shape, request.identity(), request.matches());
        boolean agrees = asked.agreesWith(value.match());
        Optional<int[]> opened = lease.tokens().openFacts(shape, request.identity(), value.facts());
        if (present && opened.isEmpty()) {
            return notFound(VerifierReason.REGISTRY_UNREADABLE, product.registry());
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
        return new Found(
                checked(call, product, lease.edition(), subject, yes, present), bearing(product, yes, identified));
    }

    private RecordValue decoy(int factCount) {
        return new RecordValue(decoy, new SealedFacts(new byte[SealedFacts.length(factCount)]));
    }

    private static Checked checked(
            AuthorisedCall call,
            ProductDeclaration product,
            Edition edition,
            SubjectToken subject,
            boolean yes,
            boolean present) {
        Answer answer =
                yes ? Answer.MATCH : no(product.atMost(call.obligations().answerForm()), present);
        SourceAttribution attribution = new SourceAttribution(
                product.provider(), edition.origin().source(), edition.origin().acquiredOn(), edition.name());
        return new Checked(call, product, answer, attribution, subject, new QuotaLeft(0, 0));
    }

    private static Answer no(AnswerForm form, boolean present) {
        return switch (form) {
            case YES_NO -> Answer.NO;
            case REASONED -> present ? Answer.MISMATCH : Answer.NO_RECORD;
        };
    }

    /** The policy has allowed one product and certain fields under one grant; the request must be just that. */
    private static Optional<Refusal> holdToCall(
            AuthorisedCall call, ProductDeclaration product, VerificationRequest request) {
        boolean same = call.input().ask() instanceof Ask.Verify ask
                && ask.product().equals(request.product())
                && ask.fields().equals(request.fields().keySet());
        if (!same) {
            return Optional.of(Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
        }
        Optional<GrantFacts> grant = call.input().grant();
        if (grant.isEmpty() || !grant.get().products().contains(product.name())) {
            return Optional.of(Refusal.of(VerifierReason.GRANT_LACKS_PRODUCT, product.name()));
        }
        return product.grantFields().stream()
                .filter(field -> !grant.get().fields().contains(field))
                .sorted()
                .findFirst()
                .map(field -> Refusal.of(VerifierReason.GRANT_LACKS_FIELD, field));
    }

    /** A product name as a message may repeat it: one a product could have, or nothing. */
    private static String shown(String name) {
        return name.matches("[a-z0-9-]{1,60}") ? name : "?";
    }

    /** What could not be looked up tells a searcher nothing. */
    private static Found notFound(VerifierReason reason, String... arguments) {
        return new Found(refused(reason, arguments), Bearing.NOTHING);
    }

    private static VerificationOutcome refused(VerifierReason reason, String... arguments) {
        return new VerificationOutcome.Refused(Refusal.of(reason, arguments));
    }
}
