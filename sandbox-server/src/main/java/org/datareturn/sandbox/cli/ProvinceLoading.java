package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.node.DataLoading;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.province.ZoneTable;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.LoadReport;

/** Loads a synthetic province into a new node, streaming: no plain file is written on the way. */
final class ProvinceLoading {
    /** The products whose registries the province fills. */
    static final String IDENTITY_CHECK = "identity-check";

    private static final String MARRIAGE_CHECK = "marriage-check";

    private ProvinceLoading() {}

    static void load(NodeStores stores, Clock clock, SyntheticProvince province, Console console)
            throws NodeStartException, DeclarationException, LoadException, IOException {
        DataLoading loading = new DataLoading(stores, clock);
        console.note("Loading the registries of persons and marriages (keyed tokens) … 正在载入人口与婚姻登记库（带密钥的令牌）……");
        registry(
                loading,
                IDENTITY_CHECK,
                province::openPersonRegistry,
                new DataLoading.Origin(
                        DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                        Resource.Library.BASE,
                        DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
                        SyntheticProvince.REFERENCE_DATE),
                console);
        registry(
                loading,
                MARRIAGE_CHECK,
                province::openMarriageCheckRegistry,
                new DataLoading.Origin(
                        DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
                        Resource.Library.OTHER,
                        DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
                        SyntheticProvince.REFERENCE_DATE),
                console);
        console.note("Sealing the data zone " + SyntheticProvince.ZONE + " … 正在加密存放数据专区……");
        Map<String, DataLoading.Csv> tables = new LinkedHashMap<>();
        for (ZoneTable table : ZoneTable.values()) {
            tables.put(table.tableName(), () -> province.openZoneTable(table));
        }
        loading.zone(
                SyntheticProvince.zoneDeclaration(),
                tables,
                new DataLoading.Origin(
                        DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
                        Resource.Library.OTHER,
                        DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
                        SyntheticProvince.REFERENCE_DATE));
    }

    private static void registry(
            DataLoading loading, String product, CsvSource.Opener csv, DataLoading.Origin origin, Console console)
            throws NodeStartException, IOException {
        LoadReport report = loading.registry(
                        product, CsvSource.streamed(csv), origin, DataLoading.Taking.strict(), new LoadNotes(console))
                .report();
        if (report.refused() > 0) {
            throw new NodeStartException(
                    Refusal.of(CliReason.REGISTRY_SOURCE_REFUSED, product, Long.toString(report.refused())));
        }
    }
}
