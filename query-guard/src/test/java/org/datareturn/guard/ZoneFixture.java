package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.jspecify.annotations.Nullable;

/** A zone under test, asked in sentences. */
final class ZoneFixture implements AutoCloseable {
    private final DataZone zone;

    private ZoneFixture(DataZone zone) {
        this.zone = zone;
    }

    /** A zone opened otherwise. */
    static ZoneFixture of(DataZone zone) {
        return new ZoneFixture(zone);
    }

    /** A zone of this declaration over these CSV texts. */
    static ZoneFixture open(String yaml, Map<String, String> csv) {
        return open(yaml, csv, AnswerMemory.inProcess());
    }

    static ZoneFixture open(String yaml, Map<String, String> csv, AnswerMemory memory) {
        try {
            return new ZoneFixture(
                    DataZone.open(DeclarationReader.read(yaml), sources(csv), memory, EngineLimits.standard()));
        } catch (DeclarationException | LoadException bad) {
            throw new AssertionError(bad);
        }
    }

    static Map<String, CsvSource> sources(Map<String, String> csv) {
        Map<String, CsvSource> sources = new HashMap<>();
        csv.forEach((table, text) -> sources.put(table, new CsvSource() {
            @Override
            public String name() {
                return table + ".csv";
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        }));
        return sources;
    }

    DataZone zone() {
        return zone;
    }

    /** A call of an organisation that may use every column. */
    AuthorisedCall call(String organisation) {
        return call(organisation, allColumns(zone.declaration()), OptionalInt.empty());
    }

    AuthorisedCall call(String organisation, Set<String> columns, OptionalInt minGroupSize) {
        return call(organisation, zone.declaration().zone(), columns, minGroupSize);
    }

    static AuthorisedCall call(String organisation, String zone, Set<String> columns, OptionalInt minGroupSize) {
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, columns, minGroupSize, false);
        Authoriser authoriser = new Authoriser(input -> new Decision.Allow(obligations, "test"));
        PolicyInput input = new PolicyInput(
                new Caller(organisation, "analyst", Set.of(), "370000", Caller.Proof.MTLS),
                Optional.empty(),
                new Ask.Query(zone, Purpose.WORK_REFERENCE, "370000"),
                new TimeFacts(0, LocalDate.EPOCH, 0, 4, true));
        return (AuthorisedCall) authoriser.authorise(input);
    }

    static Set<String> allColumns(ZoneDeclaration zone) {
        return zone.tables().stream()
                .flatMap(t -> t.columns().stream().map(c -> t.name() + "." + c.name()))
                .collect(Collectors.toSet());
    }

    Asked guard(String sql) {
        return guard("organisation", sql);
    }

    Asked guard(String organisation, String sql) {
        return new Asked(sql, zone.answer(call(organisation), sql));
    }

    /** A question and its answer. */
    record Asked(String sql, ZoneAnswer answer) {
        void refuses(GuardReason reason) {
            assertThat(outcome()).as(sql).isEqualTo(reason.name());
        }

        String outcome() {
            return switch (answer) {
                case Released released -> "released";
                case Refused refused -> refused.refusal().reason().name();
            };
        }

        Released released() {
            return switch (answer) {
                case Released released -> released;
                case Refused refused ->
                    throw new AssertionError(sql + ": " + refused.refusal().messageEn());
            };
        }

        List<List<@Nullable Object>> rows() {
            return released().rows();
        }
    }

    @Override
    public void close() {
        zone.close();
    }
}
