package org.datareturn.sandbox.node;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.datareturn.sandbox.verification.privatecheck.SealedRows;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.rocks.OfferPlace;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Loads registries of a node that serves (decision 027): the edition is built in this process under the node's keys and laid
 * beside the registry, and the node takes it over, puts it into its catalogue and records it.
 */
public final class BesideLoading {
    private final NodeOptions options;
    private final SealedRows rows;
    private final SubjectTokens tokens;
    private final Clock clock;

    private BesideLoading(NodeOptions options, SealedRows rows, SubjectTokens tokens, Clock clock) {
        this.options = options;
        this.rows = rows;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Opens what loading needs of a node: its keys.
     *
     * @param options of a node whose registries lie in its data folder
     * @throws NodeStartException when the keys cannot be used
     */
    public static BesideLoading open(NodeOptions options, Clock clock) throws NodeStartException {
        if (options.registries().isPresent()) {
            throw new IllegalArgumentException("registries in a database are not loaded beside a node");
        }
        try {
            KeyRing keys = KeyRing.open(options.keysFolder(), options.dataFolder());
            return new BesideLoading(
                    options,
                    NodeStores.sealedRows(options, keys, clock),
                    new SubjectTokens(keys.registryTokens()),
                    clock);
        } catch (KeyRingException e) {
            throw new NodeStartException(e.refusal(), e);
        } catch (GeneralSecurityException e) {
            throw new NodeStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Loads a product's registry, as {@link DataLoading#registry} does.
     *
     * @param patience how long to wait until the node takes over
     * @throws NodeStartException when there is no such product
     * @throws org.datareturn.sandbox.catalogue.UnfitResourceException when provider or authority can be no organisation's
     *     code
     * @throws IOException when the source or the file system fails, another load of this registry is under way, or the node
     *     does not take the edition over; the edition before then goes on answering
     */
    public DataLoading.Loaded registry(
            String product,
            RowSource source,
            DataLoading.Origin origin,
            DataLoading.Taking taking,
            LoadProgress progress,
            OfferPlace.Patience patience)
            throws NodeStartException, IOException {
        Products products = NodeProducts.of(options);
        ProductDeclaration declared = RegistryBuild.product(products, product);
        // The register itself is the node's, which asks it when it takes the edition over.
        origin.requireCodes();
        try (OfferPlace place = OfferPlace.open(
                RegistryBuild.offers(options, declared.registry()),
                RegistryBuild.home(options, declared.registry()),
                declared.schema(),
                tokens,
                clock,
                OfferNote.of(declared.name(), origin).written(),
                patience)) {
            return new RegistryBuild(options, products, rows, clock).build(place, source, origin, taking, progress);
        }
    }
}
