package org.datareturn.sandbox.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.verification.privatecheck.SealedRows;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionPlace;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.LoadPlan;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.LoadReport;
import org.datareturn.verifier.registry.RegistryLoader;
import org.datareturn.verifier.registry.RowSource;

/**
 * Builds an edition with what hangs on it, in the node or beside it. The rows of private checks are there before the edition
 * answers, and those of the edition before until it does not any more: so at no moment there is one without the other.
 */
final class RegistryBuild {
    private final NodeOptions options;
    private final Products products;
    private final SealedRows rows;
    private final Clock clock;

    RegistryBuild(NodeOptions options, Products products, SealedRows rows, Clock clock) {
        this.options = options;
        this.products = products;
        this.rows = rows;
        this.clock = clock;
    }

    /** A product by its name. */
    static ProductDeclaration product(Products products, String name) throws NodeStartException {
        return products.named(name)
                .orElseThrow(() -> new NodeStartException(Refusal.of(VerifierReason.PRODUCT_UNKNOWN, name)));
    }

    /** Where editions of a registry are laid for a node that serves; whoever loads it holds the folder. */
    static Path offers(NodeOptions options, String registry) {
        return options.registryLoads().resolve("offers").resolve(registry);
    }

    /** Where a registry lies unless it lies in a database. */
    static Path home(NodeOptions options, String registry) {
        return options.dataFolder().resolve("registries").resolve(registry);
    }

    /** Builds and publishes an edition. */
    DataLoading.Loaded build(
            EditionPlace place,
            RowSource source,
            DataLoading.Origin origin,
            DataLoading.Taking taking,
            LoadProgress progress)
            throws IOException {
        LoadPlan plan = new LoadPlan(
                new EditionOrigin(origin.provider(), origin.acquired()),
                taking.policy(),
                taking.newestBy(),
                Optional.of(options.registryLoads()
                        .resolve("rows")
                        .resolve(place.schema().registry())));
        return switch (new RegistryLoader(clock).load(source, place, plan, progress)) {
            case LoadOutcome.NotBuilt(LoadReport report) -> new DataLoading.Loaded(report, Optional.empty());
            case LoadOutcome.Built(DraftEdition draft, LoadReport report) -> {
                try (draft) {
                    keepForPrivateChecks(draft.edition(), source, report);
                    yield new DataLoading.Loaded(report, Optional.of(draft.publish()));
                }
            }
        };
    }

    /**
     * Rows are kept sealed where a product of the registry can be checked privately, and for no other. Not where rows were
     * left out of the edition, for the sealed ones would say yes to what the edition does not, and not of registries that are
     * too large for private checks.
     */
    private void keepForPrivateChecks(Edition edition, RowSource source, LoadReport report) throws IOException {
        boolean kept = report.refused() == 0 && report.superseded() == 0 && report.records() <= SealedRows.MOST_ENTRIES;
        for (ProductDeclaration product : checkedPrivately(edition.registry())) {
            if (kept) {
                rows.seal(product, edition, source, report.rows());
            } else {
                rows.forget(product, edition);
            }
        }
    }

    /** Lets go of the rows of all editions but the one that answers. */
    void forgetRowsBefore(Edition edition) throws IOException {
        for (ProductDeclaration product : checkedPrivately(edition.registry())) {
            rows.forgetAllBut(product, edition);
        }
    }

    private List<ProductDeclaration> checkedPrivately(String registry) {
        return products.all().stream()
                .filter(product -> product.registry().equals(registry)
                        && OpenEpoch.unsuited(product).isEmpty())
                .toList();
    }
}
