package org.datareturn.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.declaration.DeclarationException;
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

/** Zones over invented rows, and calls that may ask them everything. */
final class Zones {
    static final int THREADS = 2;

    private static final int ENGINE_MEGABYTES = 4096;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Zones() {}

    /** A CSV text written while it is read. */
    record Rows(String header, int count, IntFunction<String> line) implements CsvSource {
        @Override
        public String name() {
            return "invented.csv";
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
                private int place;
                private int next;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int from, int length) {
                    if (place == text.length) {
                        if (next == count) {
                            return -1;
                        }
                        text = (line.apply(next++) + "\n").getBytes(StandardCharsets.UTF_8);
                        place = 0;
                    }
                    int taken = Math.min(length, text.length - place);
                    System.arraycopy(text, place, target, from, taken);
                    place += taken;
                    return taken;
                }
            };
        }
    }

    static DataZone open(ZoneDeclaration declaration, Map<String, CsvSource> rows)
            throws DeclarationException, LoadException {
        return DataZone.open(
                declaration, rows, AnswerMemory.inProcess(), new EngineLimits(ENGINE_MEGABYTES, THREADS, TIMEOUT));
    }

    /** A call of an organisation that may use every column of a zone. */
    static AuthorisedCall call(ZoneDeclaration zone, String organisation) {
        Set<String> columns = zone.tables().stream()
                .flatMap(t -> t.columns().stream().map(c -> t.name() + "." + c.name()))
                .collect(Collectors.toSet());
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, columns, OptionalInt.empty(), false);
        Authoriser authoriser = new Authoriser(input -> new Decision.Allow(obligations, "bench"));
        return (AuthorisedCall) authoriser.authorise(new PolicyInput(
                new Caller(organisation, "analyst", Set.of(), "370000", Caller.Proof.MTLS),
                Optional.empty(),
                new Ask.Query(zone.zone(), Purpose.WORK_REFERENCE, "370000"),
                new TimeFacts(0, LocalDate.EPOCH, 0, 4, true)));
    }
}
