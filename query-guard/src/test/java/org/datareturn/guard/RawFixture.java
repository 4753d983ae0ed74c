package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.datareturn.guard.audit.RowNumbers;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.engine.RowIndex;
import org.datareturn.guard.engine.duckdb.DuckDbStore;
import org.datareturn.guard.load.CsvTable;
import org.datareturn.guard.load.LoadException;
import org.datareturn.guard.load.LoadedTable;
import org.datareturn.guard.noise.GaussianTable;
import org.datareturn.guard.plan.ZoneFacts;

/** Raw results of one state of a zone, to be decided again and again with fresh randomness. */
final class RawFixture implements AutoCloseable {
    private static final GaussianTable TABLE = new GaussianTable();

    private final ZoneDeclaration declaration;
    private final DuckDbStore store;
    private final Population population;

    RawFixture(String yaml, Map<String, String> csv) {
        try {
            declaration = DeclarationReader.read(yaml);
            RowNumbers numbers = new RowNumbers();
            Map<String, LoadedTable> tables = new LinkedHashMap<>();
            List<NumberedTable> numbered = new ArrayList<>();
            for (TableDeclaration table : declaration.tables()) {
                LoadedTable loaded = CsvTable.read(
                        table, Objects.requireNonNull(ZoneFixture.sources(csv).get(table.name())));
                tables.put(table.name(), loaded);
                numbers.add(numbers.unknown(table.name(), loaded.rowIdentities(), loaded.subjectHashes()));
                List<Integer> rows = numbers.numbers(table.name(), loaded.rowIdentities());
                numbered.add(new NumberedTable(loaded, rows, numbers.subjectNumbers(table.name(), rows)));
            }
            EngineLimits limits = EngineLimits.standard();
            store = DuckDbStore.open(numbered, limits.memoryMegabytes(), limits.threads(), limits.timeout());
            population = new Population(declaration, tables, numbers);
        } catch (DeclarationException | LoadException | EngineException bad) {
            throw new AssertionError(bad);
        }
    }

    Population population() {
        return population;
    }

    /** The raw result of a question that asks the data once. */
    RawResult raw(String sql) {
        List<RawResult> raws = raws(sql);
        assertThat(raws).as(sql).hasSize(1);
        return raws.getFirst();
    }

    /** The raw results of a question. */
    List<RawResult> raws(String sql) {
        ZoneFacts open = new ZoneFacts() {
            @Override
            public boolean publishable(String table, ColumnDeclaration column, Object value, int minGroupSize) {
                return true;
            }

            @Override
            public boolean unique(String table, String column) {
                return population.unique(table, column);
            }

            @Override
            public boolean personal(String table) {
                return population.personal(table);
            }
        };
        try {
            List<RawResult> raws = new ArrayList<>();
            for (GuardedQuery query : new Guard(declaration)
                    .check(
                            ZoneFixture.call(
                                    "o", declaration.zone(), ZoneFixture.allColumns(declaration), OptionalInt.empty()),
                            sql,
                            open,
                            "edition")
                    .queries()) {
                raws.add(new ZoneEngine(new RowIndex(store), population).run(query));
            }
            return raws;
        } catch (QueryRefused refused) {
            throw new AssertionError(sql + ": " + refused.refusal().messageEn());
        }
    }

    /** The answer to a raw result under a fresh secret of its own. */
    NoisyDecision sticky(RawResult raw, ZoneSecret secret, String edition) {
        try {
            return new StickyDecision(raw, population, declaration.release(), new StickyNoise(secret, TABLE, edition))
                    .decide();
        } catch (QueryRefused refused) {
            throw new AssertionError(refused.refusal().messageEn());
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
