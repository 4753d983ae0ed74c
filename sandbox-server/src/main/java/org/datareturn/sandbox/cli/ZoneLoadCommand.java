package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.node.DataLoading;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.zone.store.EditionManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zone load}: a zone's data into a node that is not serving. */
@Command(
        name = "load",
        description = {
            "Checks a zone's declaration and data, then keeps them encrypted in a node's data folder. Stop the server first.",
            "检查专区声明与数据并加密存入节点数据目录。请先停止服务。"
        })
final class ZoneLoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeStoresMixin node;

    @Mixin
    private EnginesMixin engines;

    @Parameters(paramLabel = "ZONE.yaml", description = "the zone's declaration")
    private Path declaration;

    @Option(names = "--table", required = true, paramLabel = "NAME=FILE.csv", description = "the CSV file of a table")
    private Map<String, Path> tables;

    @Mixin
    private OriginMixin origin;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(spec);
        for (Path file : tables.values()) {
            if (!Files.isReadable(file)) {
                return console.fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
            }
        }
        if (!Files.isReadable(declaration)) {
            return console.fail(Refusal.of(CliReason.FILE_MISSING, declaration.toString()));
        }
        Clock clock = Clock.system(ZoneId.systemDefault());
        try (NodeStores stores = NodeStores.open(node.unserved(engines.servers()), clock)) {
            Map<String, DataLoading.Csv> csvs = new LinkedHashMap<>();
            tables.forEach((name, file) -> csvs.put(name, () -> Files.newInputStream(file)));
            EditionManifest manifest = new DataLoading(stores, clock)
                    .zone(
                            Files.readString(declaration, StandardCharsets.UTF_8),
                            csvs,
                            origin.origin(
                                    DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(), Resource.Library.OTHER));
            console.out("LOADED 已载入: zone " + manifest.zone() + ", edition " + manifest.edition());
            return Exit.OK;
        } catch (NodeStartException e) {
            console.err(e.refusal());
            return Exit.REFUSED_OR_FAILED;
        } catch (DeclarationException | LoadException | IllegalArgumentException e) {
            return console.unusable(e);
        }
    }
}
