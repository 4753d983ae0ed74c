package org.datareturn.sandbox.node;

import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.datareturn.sandbox.application.ApplicationStore;
import org.datareturn.sandbox.application.jdbc.JdbcApplicationStore;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;
import org.datareturn.sandbox.catalogue.jdbc.JdbcResourceCatalogue;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.jdbc.ControlPool;
import org.datareturn.sandbox.grant.GrantStore;
import org.datareturn.sandbox.grant.jdbc.JdbcGrantStore;
import org.datareturn.sandbox.identity.BearerTokens;
import org.datareturn.sandbox.identity.DevelopmentAuthority;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.jdbc.JdbcOperatorRegister;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.NoteSigner;
import org.datareturn.sandbox.model.ModelStore;
import org.datareturn.sandbox.model.ModelVault;
import org.datareturn.sandbox.model.SealedFeatures;
import org.datareturn.sandbox.model.jdbc.JdbcModelFiles;
import org.datareturn.sandbox.model.jdbc.JdbcModelStore;
import org.datareturn.sandbox.template.TemplateStore;
import org.datareturn.sandbox.template.jdbc.JdbcTemplateStore;
import org.datareturn.sandbox.verification.batch.BatchPages;
import org.datareturn.sandbox.verification.jdbc.JdbcBatchPages;
import org.datareturn.sandbox.verification.jdbc.JdbcProbeMemory;
import org.datareturn.sandbox.verification.privatecheck.SealedRows;
import org.datareturn.sandbox.watermark.ReleaseArchive;
import org.datareturn.sandbox.zone.store.ZoneFileStore;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.jdbc.postgresql.PostgresRegistryStore;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps: its keys, and everything under its data folder. Opened by the server, and by the commands that load
 * data while no server runs; the ledger's lock keeps the two apart. ({@link BesideLoading} opens the keys alone.) Thread-safe.
 */
public final class NodeStores implements AutoCloseable {
    private final NodeOptions options;
    private final Clock clock;
    private final KeyRing keys;
    private final DevelopmentAuthority authority;
    private final Ledger ledger;
    private final AgroalDataSource database;
    private final OperatorRegister register;
    private final GrantStore grants;
    private final ResourceCatalogue catalogue;
    private final ZoneFileStore zoneFiles;
    private final ReleaseArchive releases;
    private final SubjectTokens subjectTokens;
    private final Products products;
    private final Map<String, RegistryStore> registries;
    private final Deque<Closing> opened;

    /** Something that was opened and has to be closed. */
    private interface Closing {
        void close() throws IOException;
    }

    /**
     * Opens one part after the other.
     *
     * @param opened takes each as it is opened, so that what was opened before one that fails is closed again
     */
    private NodeStores(NodeOptions options, Products products, Clock clock, Deque<Closing> opened)
            throws KeyRingException, IOException, LedgerUnavailableException, GeneralSecurityException {
        this.options = options;
        this.clock = clock;
        this.opened = opened;
        this.keys = KeyRing.open(options.keysFolder(), options.dataFolder());
        this.authority = DevelopmentAuthority.open(
                options.identitiesFolder(),
                DevelopmentIdentities.all(),
                BearerTokens.Settings.of(options.nodeName(), options.nodeName()),
                clock);
        this.ledger = Ledger.open(
                options.dataFolder().resolve("ledger"),
                new NoteSigner(options.nodeName(), keys.ledgerSigningKey()),
                keys.journal());
        opened.push(ledger::close);
        this.database = ControlPool.open(
                options.database().jdbcUrl(),
                options.database().user(),
                options.database().password());
        opened.push(database::close);
        boolean alone = options.database().isOfOneServer();
        this.register = alone ? JdbcOperatorRegister.ofOneServer(database) : new JdbcOperatorRegister(database);
        this.grants = alone ? JdbcGrantStore.ofOneServer(database) : new JdbcGrantStore(database);
        this.catalogue = new JdbcResourceCatalogue(database, register);
        DevelopmentIdentities.enter(register);
        this.zoneFiles = new ZoneFileStore(
                options.dataFolder().resolve("zones"),
                keys.zoneFiles(),
                new FileEditionFloor(options.keysFolder().resolve("edition-floors.properties")),
                clock);
        this.releases = archive(options, keys);
        this.subjectTokens = new SubjectTokens(keys.registryTokens());
        this.products = products;
        this.registries = openRegistries();
    }

    /**
     * Opens a node's folders, preparing them when they do not exist yet.
     *
     * @throws NodeStartException when a part is missing, damaged, held by another process or cannot be reached
     */
    public static NodeStores open(NodeOptions options, Clock clock) throws NodeStartException {
        Products products = NodeProducts.of(options);
        Deque<Closing> opened = new ArrayDeque<>();
        try {
            return new NodeStores(options, products, clock, opened);
        } catch (KeyRingException e) {
            throw closing(opened, new NodeStartException(e.refusal(), e));
        } catch (LedgerUnavailableException e) {
            throw closing(opened, new NodeStartException(e.refusal(), e));
        } catch (ControlStoreException e) {
            throw closing(opened, new NodeStartException(e.refusal(), e));
        } catch (IOException | GeneralSecurityException e) {
            throw closing(opened, new NodeStartException(String.valueOf(e.getMessage()), e));
        }
    }

    private static NodeStartException closing(Deque<Closing> opened, NodeStartException why) {
        try {
            closeAll(opened);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    /** Closes the last opened first, every one of them whatever the others do; throws the first failure. */
    private static void closeAll(Deque<Closing> opened) throws IOException {
        @Nullable IOException failed = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * The archive of released tables alone, for tracing a leak beside a running server.
     *
     * @throws IOException when its folder cannot be used
     */
    public static ReleaseArchive archive(NodeOptions options, KeyRing keys) throws IOException {
        return new ReleaseArchive(options.dataFolder().resolve("releases"), keys.records(), keys.watermark());
    }

    private Map<String, RegistryStore> openRegistries() throws IOException {
        Map<String, RegistryStore> byName = new LinkedHashMap<>();
        Optional<AgroalDataSource> shared =
                options.registries().map(login -> ControlPool.unmigrated(login.url(), login.user(), login.password()));
        shared.ifPresent(pool -> opened.push(pool::close));
        for (ProductDeclaration product : products.all()) {
            if (!byName.containsKey(product.registry())) {
                RegistryStore registry = openRegistry(product, shared);
                opened.push(registry::close);
                byName.put(product.registry(), registry);
            }
        }
        return Map.copyOf(byName);
    }

    private RegistryStore openRegistry(ProductDeclaration product, Optional<AgroalDataSource> shared)
            throws IOException {
        if (shared.isPresent()) {
            Path sorting = options.registryLoads().resolve("sorting").resolve(product.registry());
            return PostgresRegistryStore.open(shared.get(), sorting, product.schema(), subjectTokens, clock);
        }
        Path folder = RegistryBuild.home(options, product.registry());
        Files.createDirectories(folder);
        return RocksRegistryStore.open(folder, product.schema(), subjectTokens, clock);
    }

    /** How the node is set up. */
    public NodeOptions options() {
        return options;
    }

    /** What can be asked of the node's registries. */
    public Products products() {
        return products;
    }

    /** The node's keys. */
    public KeyRing keys() {
        return keys;
    }

    /** The node's development authority. */
    public DevelopmentAuthority authority() {
        return authority;
    }

    /** The node's record. */
    public Ledger ledger() {
        return ledger;
    }

    /** Organisations and operators. */
    public OperatorRegister register() {
        return register;
    }

    /** What can be applied for. */
    public ResourceCatalogue catalogue() {
        return catalogue;
    }

    /** Applications. */
    public ApplicationStore applications() {
        return new JdbcApplicationStore(database);
    }

    /** Grants. */
    public GrantStore grants() {
        return grants;
    }

    /** Query templates. */
    public TemplateStore templates() {
        return new JdbcTemplateStore(database);
    }

    /** Registered models. */
    public ModelStore models() {
        return new JdbcModelStore(database);
    }

    /** The models' declarations and files. */
    public ModelVault modelVault() {
        return new ModelVault(keys.records(), new JdbcModelFiles(database));
    }

    /** The tables models take their features from. */
    public SealedFeatures features() {
        return new SealedFeatures(options.dataFolder().resolve("features"), keys.zoneFiles());
    }

    /** What the limits against probing remember. */
    public JdbcProbeMemory probing() {
        JdbcProbeMemory memory = options.database().isOfOneServer()
                ? JdbcProbeMemory.ofOneServer(database, clock)
                : JdbcProbeMemory.shared(database);
        opened.push(memory::close);
        return memory;
    }

    /** What was answered in batches. */
    public BatchPages batchPages() {
        return new JdbcBatchPages(database);
    }

    /** The rows tables of private checks are made from. */
    public SealedRows sealedRows() {
        return sealedRows(options, keys, clock);
    }

    static SealedRows sealedRows(NodeOptions options, KeyRing keys, Clock clock) {
        return new SealedRows(options.dataFolder().resolve("private"), keys.zoneFiles(), clock);
    }

    /** The zones' sealed files. */
    public ZoneFileStore zoneFiles() {
        return zoneFiles;
    }

    /** Every table that was given out. */
    public ReleaseArchive releases() {
        return releases;
    }

    /** Makes the tokens registries hold. */
    public SubjectTokens subjectTokens() {
        return subjectTokens;
    }

    /** The registries, by name. */
    public Map<String, RegistryStore> registries() {
        return registries;
    }

    @Override
    public void close() throws IOException {
        closeAll(opened);
    }
}
