package org.datareturn.verifier.privatecheck;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.oprf.KeyPair;
import org.datareturn.verifier.oprf.OprfServer;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.reason.VerifierReason;

/** An epoch that can be served: its key, its table and the quota of its grant. Immutable. */
public final class OpenEpoch {
    private final OprfServer server;
    private final AnswerTable table;
    private final PublishedEpoch published;
    private final Set<String> requestFields;
    private final Set<String> grantFields;
    private final long quota;

    private OpenEpoch(
            ProductDeclaration product, OprfServer server, AnswerTable table, PublishedEpoch published, long quota) {
        this.server = server;
        this.table = table;
        this.published = published;
        this.requestFields = Set.copyOf(product.fieldNames());
        this.grantFields = Set.copyOf(product.grantFields());
        this.quota = quota;
    }

    /**
     * Why a product cannot be checked privately, if it cannot: its conditions need values the table cannot know, or its yes
     * is the absence of a record.
     */
    public static Optional<Refusal> unsuited(ProductDeclaration product) {
        boolean suited = product.yesWhen() == ProductDeclaration.YesWhen.PRESENT
                && product.conditions().isEmpty()
                && product.fields().stream().noneMatch(field -> field.role() == ProductField.Role.CONDITION);
        return suited
                ? Optional.empty()
                : Optional.of(Refusal.of(VerifierReason.PRIVATE_PRODUCT_UNSUITED, product.name()));
    }

    /**
     * Makes the table of an epoch: one multiplication of the curve an entry.
     *
     * @param product what is asked, one that is not {@link #unsuited}
     * @param scope the product's registry, the grant and the epoch
     * @param entries all that the registry holds
     * @param source where they come from
     * @param quota items the grant may have evaluated in the epoch, at least 1
     */
    public static OpenEpoch make(
            EpochKeys keys,
            ProductDeclaration product,
            EpochScope scope,
            Iterator<PrivateEntry> entries,
            SourceAttribution source,
            long quota,
            SecureRandom random) {
        if (unsuited(product).isPresent() || !product.registry().equals(scope.dataset())) {
            throw new IllegalArgumentException("the product " + product.name() + " cannot be checked in this scope");
        }
        if (quota < 1) {
            throw new IllegalArgumentException("quota must be ≥ 1, was " + quota);
        }
        KeyPair key = keys.of(scope);
        OprfServer server = new OprfServer(key);
        AnswerTable table = new TableBuilder(random).build(server, entries);
        PublishedEpoch published = new PublishedEpoch(
                product.name(),
                scope,
                key.publicKey(),
                HexFormat.of().formatHex(table.edition()),
                table.rows(),
                HexFormat.of().formatHex(table.digest()),
                source);
        return new OpenEpoch(product, server, table, published, quota);
    }

    /** What clients are told. */
    public PublishedEpoch published() {
        return published;
    }

    /** What clients download. */
    public AnswerTable table() {
        return table;
    }

    OprfServer server() {
        return server;
    }

    Set<String> requestFields() {
        return requestFields;
    }

    Set<String> grantFields() {
        return grantFields;
    }

    long quota() {
        return quota;
    }
}
