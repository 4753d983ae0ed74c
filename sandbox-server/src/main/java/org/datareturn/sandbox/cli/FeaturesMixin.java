package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.node.DataLoading;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The feature tables a server is started with. */
final class FeaturesMixin {
    @Option(
            names = "--features",
            paramLabel = "TABLE=FILE.csv",
            description = {
                "load a feature table for models; kept encrypted, so later starts need it no more.",
                "载入模型所用的特征表，加密保存。"
            })
    private Map<String, Path> tables = Map.of();

    @Option(
            names = "--features-provider",
            paramLabel = "CODE",
            description = "credit code of their registered provider (default: the demo's provincial public security)")
    private String provider = DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code();

    @Option(
            names = "--features-authority",
            paramLabel = "CODE",
            description =
                    "credit code of the authority that reviews models on them (default: the demo's provincial data"
                            + " authority)")
    private String authority = DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code();

    @Option(
            names = "--features-acquired",
            paramLabel = "YYYY-MM-DD",
            description = "when the provider's data were acquired (default: today)")
    private @Nullable LocalDate acquired;

    /**
     * Loads them into a node that is not serving yet.
     *
     * @throws NodeStartException when a file is missing or the node cannot be opened
     * @throws IllegalArgumentException when a table cannot have its name, or an organisation is not registered
     */
    void load(NodeOptions options, Clock clock, Console console) throws NodeStartException, IOException {
        if (tables.isEmpty()) {
            return;
        }
        for (Path file : tables.values()) {
            if (!Files.isReadable(file)) {
                throw new NodeStartException(Refusal.of(CliReason.FILE_MISSING, file.toString()));
            }
        }
        LocalDate on = acquired == null ? LocalDate.now(clock) : acquired;
        try (NodeStores stores = NodeStores.open(options, clock)) {
            // A data authority reviews base libraries, an industry authority all else (SD-3 §6.2).
            boolean base = stores.register()
                    .organisation(authority)
                    .filter(known -> known.kind() == Organisation.Kind.DATA_AUTHORITY)
                    .isPresent();
            DataLoading.Origin origin = new DataLoading.Origin(
                    provider, base ? Resource.Library.BASE : Resource.Library.OTHER, authority, on);
            for (Map.Entry<String, Path> table : tables.entrySet()) {
                console.note("Sealing the feature table " + table.getKey() + " … 正在加密存放特征表……");
                new DataLoading(stores, clock)
                        .features(table.getKey(), () -> Files.newInputStream(table.getValue()), origin);
            }
        }
    }
}
