package org.datareturn.sandbox.verification.privatecheck;

import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.privatecheck.EpochKeys;
import org.datareturn.verifier.privatecheck.EpochScope;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.privatecheck.PrivateCheckService;
import org.datareturn.verifier.privatecheck.PrivateEntry;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.RegistryStore;

/**
 * Makes tables when they are first asked for, one at a time, and closes the least used when there are too many, those of
 * past epochs and those of editions that were replaced. Thread-safe.
 */
final class MadeTables {
    /** Registries larger than this are not checked privately on demand: the caller would wait too long. */
    static final long MOST_ENTRIES = SealedRows.MOST_ENTRIES;
    /** Entries of all open tables together; each takes 70 bytes or so. */
    private static final long MOST_ENTRIES_OPEN = 4_000_000;

    private static final int MOST_TABLES = 64;

    private final Map<String, RegistryStore> registries;
    private final SealedRows rows;
    private final EpochKeys keys;
    private final PrivateCheckService service;
    private final SecureRandom random;

    /** Making takes every processor, so one after the other; a grant never waits for its own table twice. */
    private final ReentrantLock making = new ReentrantLock();
    /** Guarded by {@link #making}; the least used first. */
    private final Map<Place, OpenEpoch> made = new LinkedHashMap<>(16, 0.75f, true);

    private record Place(String product, String grant) {}

    /** What came of wanting a table. */
    sealed interface Ensured {
        /** It is open. */
        record Open() implements Ensured {}

        /**
         * It is not.
         *
         * @param refusal why
         */
        record Not(Refusal refusal) implements Ensured {}
    }

    MadeTables(
            Map<String, RegistryStore> registries,
            SealedRows rows,
            EpochKeys keys,
            PrivateCheckService service,
            SecureRandom random) {
        this.registries = registries;
        this.rows = rows;
        this.keys = keys;
        this.service = service;
        this.random = random;
    }

    /**
     * Sees to it that a table of the registry's edition now is open for a grant and epoch.
     *
     * @param itemsADay how many items the grant may have evaluated a day
     */
    Ensured ensure(ProductDeclaration product, String grant, long itemsADay, String epoch) {
        Optional<Edition> before = editionNow(product);
        Ensured ensured = ensureNow(product, grant, itemsADay, epoch);
        // Its rows may have gone with an edition that was replaced just then; those of the next are there already.
        return ensured instanceof Ensured.Not && !before.equals(editionNow(product))
                ? ensureNow(product, grant, itemsADay, epoch)
                : ensured;
    }

    private Ensured ensureNow(ProductDeclaration product, String grant, long itemsADay, String epoch) {
        Optional<Edition> loaded = editionNow(product);
        if (loaded.isEmpty()) {
            return new Ensured.Not(Refusal.of(VerifierReason.REGISTRY_NOT_LOADED, product.registry()));
        }
        Edition edition = loaded.get();
        if (edition.records() > MOST_ENTRIES) {
            return new Ensured.Not(
                    Refusal.of(PrivateReason.PRIVATE_REGISTRY_TOO_LARGE, product.name(), Long.toString(MOST_ENTRIES)));
        }
        Place place = new Place(product.name(), grant);
        making.lock();
        try {
            OpenEpoch known = made.get(place);
            if (known != null
                    && known.published().scope().epoch().equals(epoch)
                    && known.published().source().edition().equals(edition.name())) {
                return new Ensured.Open();
            }
            EpochScope scope = new EpochScope(product.registry(), grant, epoch);
            Optional<OpenEpoch> fresh =
                    rows.read(product, edition, entries -> make(product, scope, entries, edition, itemsADay));
            if (fresh.isEmpty()) {
                return new Ensured.Not(Refusal.of(PrivateReason.PRIVATE_REGISTRY_NOT_KEPT, product.name()));
            }
            made.put(place, fresh.get());
            // In the place of the epoch's own table, if there is one: at no moment is there none.
            service.open(fresh.get());
            if (known != null && !known.published().scope().epoch().equals(epoch)) {
                service.close(known.published());
            }
            closeLeastUsed();
            return new Ensured.Open();
        } finally {
            making.unlock();
        }
    }

    private OpenEpoch make(
            ProductDeclaration product,
            EpochScope scope,
            Iterator<PrivateEntry> entries,
            Edition edition,
            long itemsADay) {
        SourceAttribution source = new SourceAttribution(
                product.provider(), edition.origin().source(), edition.origin().acquiredOn(), edition.name());
        return OpenEpoch.make(keys, product, scope, entries, source, itemsADay, random);
    }

    private Optional<Edition> editionNow(ProductDeclaration product) {
        RegistryStore store = registries.get(product.registry());
        return store == null
                ? Optional.empty()
                : store.lease().map(lease -> {
                    try (Lease held = lease) {
                        return held.edition();
                    }
                });
    }

    private void closeLeastUsed() {
        Iterator<OpenEpoch> least = made.values().iterator();
        while (made.size() > 1 && (made.size() > MOST_TABLES || rowsOpen() > MOST_ENTRIES_OPEN)) {
            service.close(least.next().published());
            least.remove();
        }
    }

    private long rowsOpen() {
        return made.values().stream()
                .mapToLong(epoch -> epoch.published().rows())
                .sum();
    }
}
