package org.datareturn.sandbox.node;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;

/** What every load leaves behind: an entry in the catalogue and one in the record. */
final class LoadEvents {
    private final NodeStores stores;
    private final Clock clock;

    LoadEvents(NodeStores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /** A registry was loaded: every product it answers can be applied for. */
    void registry(ProductDeclaration product, DataLoading.Origin origin) throws NodeStartException {
        for (ProductDeclaration answered : stores.products().ofRegistry(product.registry())) {
            stores.catalogue().register(resource(answered, origin));
        }
        record(product.registry(), "REGISTRY_LOADED", origin);
    }

    /** The product as the catalogue will hold it. */
    static Resource resource(ProductDeclaration product, DataLoading.Origin origin) {
        return resource(
                product.name(),
                Resource.Kind.PRODUCT,
                product.title().zh(),
                product.title().en(),
                origin,
                product.fields().stream().map(ProductField::name).toList());
    }

    static Resource resource(
            String name, Resource.Kind kind, String zh, String en, DataLoading.Origin origin, List<String> fields) {
        return new Resource(
                name,
                kind,
                zh,
                en,
                origin.provider(),
                origin.library(),
                origin.contentAuthority(),
                Resource.Sharing.CONDITIONAL,
                "",
                Resource.Grade.LEVEL_3,
                fields.stream().map(field -> new Resource.Field(field, field)).toList());
    }

    void record(String target, String code, DataLoading.Origin origin) throws NodeStartException {
        try {
            stores.ledger()
                    .record(
                            code,
                            LedgerRecord.of(
                                            TraceId.random(new SecureRandom()),
                                            clock.instant(),
                                            LedgerRecord.Kind.DATA_EVENT,
                                            stores.options().nodeName(),
                                            "node",
                                            target,
                                            code,
                                            "none")
                                    .withSource(origin.acquired().toString(), origin.provider()));
        } catch (LedgerUnavailableException e) {
            throw new NodeStartException(e.refusal(), e);
        }
    }
}
