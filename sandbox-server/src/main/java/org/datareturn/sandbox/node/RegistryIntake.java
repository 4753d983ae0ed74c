package org.datareturn.sandbox.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.UnfitResourceException;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.rocks.EditionOffer;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;

/**
 * Takes over editions that were built beside the node (decision 027): holds them to their seals, lets them answer between
 * two leases, lists the product and records the load. What cannot be taken is refused with its reason, and the edition before
 * goes on. An offer that was interrupted at any step is taken up again from the beginning; each step may be done twice. One thread at a time.
 */
final class RegistryIntake {
    private static final System.Logger LOG = System.getLogger(RegistryIntake.class.getName());

    private final NodeStores stores;
    private final LoadEvents events;
    private final RegistryBuild build;

    RegistryIntake(NodeStores stores, Clock clock) {
        this.stores = stores;
        this.events = new LoadEvents(stores, clock);
        this.build = new RegistryBuild(stores.options(), stores.products(), stores.sealedRows(), clock);
    }

    /** The registries that editions can be offered to. */
    Set<String> registries() {
        return stores.registries().keySet();
    }

    /**
     * Takes over the edition that waits for a registry, or refuses it; does nothing when none waits.
     *
     * @throws NodeStartException when the load cannot be recorded; the offer then waits on
     * @throws IOException when the file system fails; the offer then waits on
     */
    void take(String registry) throws NodeStartException, IOException {
        Path place = RegistryBuild.offers(stores.options(), registry);
        Optional<EditionOffer> waiting = EditionOffer.waiting(place);
        if (waiting.isEmpty()) {
            return;
        }
        EditionOffer offer = waiting.get();
        if (!offer.isAnswered(stores.subjectTokens())) {
            try {
                take(offer, registry);
            } catch (UnfitOfferException unfit) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "an edition offered to the registry {0} is refused 登记库新版本被拒绝: {1}",
                        registry,
                        unfit.getMessage());
                offer.settle(Optional.of(unfit.refusal()), stores.subjectTokens());
                return;
            }
        }
        offer.settle(Optional.empty(), stores.subjectTokens());
    }

    private void take(EditionOffer offer, String registry) throws UnfitOfferException, NodeStartException, IOException {
        ProductDeclaration product;
        DataLoading.Origin origin;
        Edition edition;
        try {
            if (!(stores.registries().get(registry) instanceof RocksRegistryStore store)) {
                throw new UnfitOfferException(Refusal.of(NodeReason.OFFER_TO_DATABASE));
            }
            EditionOffer.Checked checked = offer.check(store.schema(), stores.subjectTokens());
            OfferNote note = OfferNote.read(checked.note());
            product = RegistryBuild.product(stores.products(), note.product());
            origin = note.origin();
            if (!product.registry().equals(store.schema().registry())) {
                throw new UnfitOfferException(Refusal.of(NodeReason.OFFER_OF_OTHER_PRODUCT, product.name()));
            }
            for (ProductDeclaration answered : stores.products().ofRegistry(registry)) {
                stores.catalogue().requireFit(LoadEvents.resource(answered, origin));
            }
            edition = store.take(checked);
        } catch (RegistryException e) {
            if (e.refusal().reason() == RegistryReason.EDITION_NOT_DURABLE) {
                // It answers: the offer waits, and is taken again until the disk has confirmed it.
                throw e;
            }
            throw new UnfitOfferException(e.refusal(), e);
        } catch (NodeStartException e) {
            throw new UnfitOfferException(e.refusal(), e);
        } catch (UnfitResourceException e) {
            throw new UnfitOfferException(e.refusal(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitOfferException(Refusal.of(NodeReason.EDITION_NOT_READ, String.valueOf(e.getMessage())), e);
        }
        build.forgetRowsBefore(edition);
        events.registry(product, origin);
        LOG.log(
                System.Logger.Level.INFO,
                "the edition {0} answers now, {1} records 登记库新版本已生效",
                edition.name(),
                Long.toString(edition.records()));
    }
}
