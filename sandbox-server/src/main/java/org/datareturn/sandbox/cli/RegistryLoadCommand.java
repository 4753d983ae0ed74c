package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.ledger.LedgerReason;
import org.datareturn.sandbox.node.BesideLoading;
import org.datareturn.sandbox.node.DataLoading;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeProducts;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.LoadReport;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.jdbc.DatabaseDeclaration;
import org.datareturn.verifier.registry.jdbc.DatabaseSource;
import org.datareturn.verifier.registry.jdbc.ParquetSource;
import org.datareturn.verifier.registry.rocks.OfferRefusedException;
import org.datareturn.verifier.registry.rocks.OfferUnansweredException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code registry load}: a product's registry into a node, whether it serves or not. */
@Command(
        name = "load",
        description = {
            "Loads the registry of a product, as keyed tokens, in place of the edition before. A node that serves goes"
                    + " on answering and takes the new edition over in one step. A load that broke off goes on when the same"
                    + " command is run again. See docs/products.md.",
            "装载核验产品的登记库（仅存带密钥的令牌），取代上一版本。节点可照常运行，装载完成后一步切换；中断后重新运行同一命令即可继续。"
        })
final class RegistryLoadCommand implements Callable<Integer> {
    private static final int PROBLEMS_SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeStoresMixin node;

    @Parameters(
            paramLabel = "PRODUCT",
            description = "a standard product's name; docs/products.md says which columns its registry has")
    private String product;

    @ArgGroup(multiplicity = "1")
    private From from;

    /** Where the rows are: one of these. */
    private static final class From {
        @Option(names = "--csv", paramLabel = "FILE.csv", description = "a CSV file with a header, in UTF-8")
        private @Nullable Path csv;

        @Option(names = "--parquet", paramLabel = "FILE.parquet", description = "a Parquet file")
        private @Nullable Path parquet;

        @Option(
                names = "--jdbc",
                paramLabel = "FILE.properties",
                description = "url, user, password or password-env, table or query, order, fetch-size")
        private @Nullable Path jdbc;
    }

    @Option(
            names = "--newest-by",
            paramLabel = "COLUMN",
            description =
                    "a column of days: of the rows about one subject the latest counts, as after a change of name")
    private @Nullable String newestBy;

    @Option(
            names = "--skip-bad-rows",
            description = "leave bad rows out and report them (default: one bad row, and nothing is changed)")
    private boolean skipBadRows;

    @Option(
            names = "--base-library",
            description = "the data belong to a base library (so they do when neither provider nor authority is named)")
    private boolean baseLibrary;

    @Mixin
    private OriginMixin origin;

    @Override
    public Integer call() {
        Console console = new Console(spec);
        NodeOptions options;
        try {
            options = node.unserved(EngineServers.none());
            Products products = NodeProducts.of(options);
            if (products.named(product).isEmpty()) {
                return console.fail(unknown(products.all()));
            }
        } catch (NodeStartException e) {
            return console.fail(e.refusal());
        } catch (IOException | IllegalArgumentException e) {
            return console.fail(Refusal.of(CliReason.INPUT_UNUSABLE, String.valueOf(e.getMessage())));
        }
        Path file = file();
        if (!Files.isReadable(file)) {
            return console.fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
        }
        Clock clock = Clock.system(ZoneId.systemDefault());
        RowSource source;
        try {
            source = source();
        } catch (IOException | IllegalArgumentException e) {
            return console.fail(Refusal.of(CliReason.INPUT_UNUSABLE, file + ": " + e.getMessage()));
        }
        try {
            return tell(load(options, source, clock, console), console);
        } catch (NodeStartException e) {
            console.err(e.refusal());
            return Exit.REFUSED_OR_FAILED;
        } catch (OfferRefusedException e) {
            console.err(Refusal.of(CliReason.REGISTRY_EDITION_REFUSED, e.code(), e.en(), e.zh()));
            return Exit.REFUSED_OR_FAILED;
        } catch (OfferUnansweredException e) {
            console.err(Refusal.of(CliReason.REGISTRY_EDITION_WAITS));
            return Exit.REFUSED_OR_FAILED;
        } catch (RegistryException e) {
            Refusal why = e.refusal();
            console.err(Refusal.of(CliReason.REGISTRY_LOAD_BROKEN_OFF, why.messageEn(), why.messageZh()));
            return Exit.REFUSED_OR_FAILED;
        } catch (IOException e) {
            // The system's or a driver's own words.
            console.err(Refusal.of(CliReason.REGISTRY_LOAD_BROKEN_OFF, String.valueOf(e.getMessage()), "原因见上一行英文"));
            return Exit.REFUSED_OR_FAILED;
        } catch (IllegalArgumentException e) {
            return console.unusable(e);
        }
    }

    private Refusal unknown(List<ProductDeclaration> products) {
        return Refusal.of(VerifierReason.PRODUCT_UNKNOWN, product)
                .withHint(
                        "请写产品名（括号内是其登记库）："
                                + products.stream()
                                        .map(known -> known.name() + "（" + known.registry() + "）")
                                        .collect(Collectors.joining("、"))
                                + "。自有产品用 --products 指明声明所在目录。各登记库的列见 docs/products.md。",
                        "Name a product; in brackets its registry: "
                                + products.stream()
                                        .map(known -> known.name() + " (" + known.registry() + ")")
                                        .collect(Collectors.joining(", "))
                                + ". Products of your own: --products DIR. What columns each registry has: docs/products.md.");
    }

    private DataLoading.Loaded load(NodeOptions options, RowSource source, Clock clock, Console console)
            throws NodeStartException, IOException {
        DataLoading.Origin whose = origin.origin(
                DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                baseLibrary || origin.namesNobody() ? Resource.Library.BASE : Resource.Library.OTHER);
        DataLoading.Taking taking = new DataLoading.Taking(
                skipBadRows ? RowPolicy.SKIP_AND_REPORT : RowPolicy.STRICT, Optional.ofNullable(newestBy));
        LoadNotes notes = new LoadNotes(console);
        try (NodeStores stores = NodeStores.open(options, clock)) {
            return new DataLoading(stores, clock).registry(product, source, whose, taking, notes);
        } catch (NodeStartException e) {
            if (e.refusal().reason() != LedgerReason.LEDGER_IN_USE
                    || options.registries().isPresent()) {
                throw e;
            }
        }
        console.note("The node serves: the edition is built beside it 节点正在运行，新版本在旁构建");
        return BesideLoading.open(options, clock)
                .registry(product, source, whose, taking, notes, new TakeoverPatience(console));
    }

    private Path file() {
        if (from.csv != null) {
            return from.csv;
        }
        if (from.parquet != null) {
            return from.parquet;
        }
        if (from.jdbc != null) {
            return from.jdbc;
        }
        throw new IllegalStateException("the command line was read without a source");
    }

    private RowSource source() throws IOException {
        if (from.csv != null) {
            return CsvSource.of(from.csv);
        }
        if (from.parquet != null) {
            return new ParquetSource(from.parquet);
        }
        return new DatabaseSource(DatabaseDeclaration.read(file(), System::getenv));
    }

    private int tell(DataLoading.Loaded loaded, Console console) {
        LoadReport report = loaded.report();
        for (RowProblem problem :
                report.problems().stream().limit(PROBLEMS_SHOWN).toList()) {
            Refusal refusal = Refusal.of(problem.reason(), problem.column().orElse("?"));
            console.note("row 行 " + problem.line() + ": " + problem.reason().name() + ": " + refusal.messageEn() + " / "
                    + refusal.messageZh());
        }
        long more = Math.max(report.refused(), report.problems().size()) - PROBLEMS_SHOWN;
        if (more > 0) {
            // Reading ends at the most problems a report lists, unless bad rows are left out.
            boolean all = skipBadRows || report.problems().size() < LoadReport.MAX_PROBLEMS;
            console.note((all ? "and 另有 " : "and at least 另有至少 ") + more + " more rows 行");
        }
        String counts = "rows 行 " + report.rows() + ", records 条 " + report.records() + ", repeated 重复 "
                + report.repeated() + ", superseded 旧值 " + report.superseded() + ", refused 不可用 " + report.refused();
        console.note(counts);
        if (loaded.edition().isEmpty()) {
            console.err(Refusal.of(CliReason.REGISTRY_SOURCE_REFUSED, product, Long.toString(report.refused())));
            return Exit.REFUSED_OR_FAILED;
        }
        console.out("LOADED 已载入: registry " + loaded.edition().get().name() + ", "
                + loaded.edition().get().records() + " records");
        return Exit.OK;
    }
}
