package org.datareturn.verifier;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Asked;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.Posed;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.Question;
import org.datareturn.verifier.probing.QuotaLeft;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.together.Gathering;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Checks requests against registries; the only maker of {@link Checked}.
 *
 * <p>A request is held to its product, its call and the formats of its values before any registry is read, so a refusal
 * of that kind depends on the request alone. A well-formed request is looked up with the same work whatever the registry
 * holds ({@link Lookup}); whether it may be told, the {@link ProbeGuard} says. "Not found" and "does
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
    private final Lookup lookup;
    private final SubjectTokens tokens;
    private final ProbeGuard guard;
    private final Gathering<Together, Asked<Found>, Guarded<Found>> gathering;
    private final Clock clock;

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
        this.products = products;
        this.lookup = new Lookup(products, stores, clock);
        this.tokens = tokens;
        this.guard = guard;
        this.gathering = new Gathering<>(this::decided);
        this.clock = clock;
    }

    /** Checks one request under one authorised call. */
    public VerificationOutcome verify(AuthorisedCall call, VerificationRequest request) {
        Optional<ProductDeclaration> named = products.named(request.product());
        if (named.isEmpty()) {
            return new VerificationOutcome.Refused(unknown(request));
        }
        ProductDeclaration product = named.get();
        Optional<Refusal> unfit = request.isFor(call)
                ? holdToGrant(call, product)
                : Optional.of(Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
        if (unfit.isPresent()) {
            return new VerificationOutcome.Refused(unfit.get());
        }
        Asker asker = Asker.of(call, Optional.empty());
        Asked<Found> asked = switch (NormalRequest.of(product, request, clock)) {
            case NormalRequest.Malformed malformed ->
                new Asked.Malformed<>(request.stamp(), request.parts(), malformed.refusal());
            case NormalRequest.WellFormed wellFormed -> {
                // Looked up by each caller for itself; whether it may be told is decided together.
                Posed posed = posed(asker, product, wellFormed);
                Found found = lookup.of(
                        product, new Lookup.Sound(wellFormed, posed.question().who()));
                yield new Asked.WellFormed<>(request.stamp(), posed, () -> found);
            }
        };
        return outcome(call, product, gathering.ask(new Together(asker, product.name()), asked));
    }

    /**
     * Why a stream of requests is not taken, if it is not: its opening came before, or was sent too long ago. To be asked
     * once a stream.
     */
    public Optional<Refusal> stale(AuthorisedCall call, RequestStamp stamp) {
        return guard.stale(Asker.of(call, Optional.of(stamp)));
    }

    /**
     * Looks many requests of one product up under one authorised call; the limits against probing are asked by
     * {@link #verifyAll}.
     *
     * @param requests all of the call's product, with the call's fields
     */
    public LookedUp lookUpAll(AuthorisedCall call, List<VerificationRequest> requests) {
        Asker asker = Asker.of(call, Optional.empty());
        return new LookedUp(call, asker, judged(call, asker, requests));
    }

    private LookedUp.Judged judged(AuthorisedCall call, Asker asker, List<VerificationRequest> requests) {
        if (requests.isEmpty()) {
            return new LookedUp.Judged.None(Optional.empty());
        }
        Optional<ProductDeclaration> named = products.named(requests.getFirst().product());
        if (named.isEmpty()) {
            return new LookedUp.Judged.None(Optional.of(unknown(requests.getFirst())));
        }
        ProductDeclaration product = named.get();
        Optional<Refusal> unfit = requests.stream().allMatch(request -> request.isFor(call))
                ? holdToGrant(call, product)
                : Optional.of(Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
        if (unfit.isPresent()) {
            return new LookedUp.Judged.None(unfit);
        }
        List<Row> rows = requests.parallelStream()
                .map(request -> row(asker, product, request))
                .toList();
        Iterator<Found> found = lookup.ofAll(
                        product,
                        rows.stream()
                                .flatMap(row -> row instanceof Row.Sound sound
                                        ? Stream.of(new Lookup.Sound(
                                                sound.request(),
                                                sound.posed().question().who()))
                                        : Stream.of())
                                .toList())
                .iterator();
        List<Asked<Found>> asked = new ArrayList<>(rows.size());
        for (Row row : rows) {
            asked.add(
                    switch (row) {
                        case Row.Unsound(Asked<Found> malformed) -> malformed;
                        case Row.Sound sound -> {
                            Found one = found.next();
                            yield new Asked.WellFormed<>(sound.posed(), () -> one);
                        }
                    });
        }
        return new LookedUp.Judged.Each(product.name(), asked);
    }

    /** A request of many, before the registry is read. */
    private sealed interface Row {
        /** It can be looked up. */
        record Sound(NormalRequest.WellFormed request, Posed posed) implements Row {}

        /** It cannot. */
        record Unsound(Asked<Found> malformed) implements Row {}
    }

    private Row row(Asker asker, ProductDeclaration product, VerificationRequest request) {
        return switch (NormalRequest.of(product, request, clock)) {
            case NormalRequest.Malformed(Refusal refusal) ->
                new Row.Unsound(new Asked.Malformed<>(request.parts(), refusal));
            case NormalRequest.WellFormed sound -> new Row.Sound(sound, posed(asker, product, sound));
        };
    }

    /**
     * Answers what was looked up together, each request as if it were alone and after those before it. Memory is asked
     * together.
     *
     * @param keeping what the guard is to keep with its work, once the outcomes are known
     * @return an outcome for each request, in order; shorter when one of them stops the rest ({@link #stops}), which is
     *     then the last
     */
    public List<VerificationOutcome> verifyAll(
            LookedUp page, Function<List<VerificationOutcome>, Optional<KeptPage>> keeping) {
        return switch (page.judged()) {
            case LookedUp.Judged.None(Optional<Refusal> refusal) ->
                refusal.<VerificationOutcome>map(VerificationOutcome.Refused::new).stream()
                        .toList();
            case LookedUp.Judged.Each(String name, List<Asked<Found>> asked) -> {
                ProductDeclaration product = products.named(name).orElseThrow();
                Function<Guarded<Found>, VerificationOutcome> told = guarded -> outcome(page.call(), product, guarded);
                yield guard
                        .askAll(
                                page.asker(),
                                name,
                                asked,
                                Found::bearing,
                                guarded -> stops(told.apply(guarded)),
                                all -> keeping.apply(all.stream().map(told).toList()))
                        .stream()
                        .map(told)
                        .toList();
            }
        };
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

    private Posed posed(Asker asker, ProductDeclaration product, NormalRequest.WellFormed request) {
        return guard.posed(
                asker,
                Question.of(
                        product,
                        request.identity(),
                        request.matches(),
                        request.conditions(),
                        LocalDate.now(clock),
                        tokens));
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

    private static VerificationOutcome outcome(
            AuthorisedCall call, ProductDeclaration product, Guarded<Found> guarded) {
        return switch (guarded) {
            case Guarded.Answered<Found>(Found found, QuotaLeft left) ->
                switch (found) {
                    case Found.Nothing(Refusal refusal) -> new VerificationOutcome.Refused(refusal);
                    case Found.Answer answer -> checked(call, product, answer, left);
                };
            case Guarded.Refused<Found>(Refusal refusal) -> new VerificationOutcome.Refused(refusal);
            case Guarded.Suspended<Found>(Refusal refusal) -> new VerificationOutcome.Suspended(refusal);
        };
    }

    private static Checked checked(
            AuthorisedCall call, ProductDeclaration product, Found.Answer found, QuotaLeft left) {
        Answer answer = found.yes()
                ? Answer.MATCH
                : no(product.atMost(call.obligations().answerForm()), found.present());
        return new Checked(call, product, answer, found.attribution(), found.subject(), left);
    }

    private static Answer no(AnswerForm form, boolean present) {
        return switch (form) {
            case YES_NO -> Answer.NO;
            case REASONED -> present ? Answer.MISMATCH : Answer.NO_RECORD;
        };
    }

    /** The grant covers the product and whatever the product asks for. */
    private static Optional<Refusal> holdToGrant(AuthorisedCall call, ProductDeclaration product) {
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

    private static Refusal unknown(VerificationRequest request) {
        return Refusal.of(VerifierReason.PRODUCT_UNKNOWN, shown(request.product()));
    }

    /** A product name as a message may repeat it: one a product could have, or nothing. */
    private static String shown(String name) {
        return name.matches("[a-z0-9-]{1,60}") ? name : "?";
    }
}
