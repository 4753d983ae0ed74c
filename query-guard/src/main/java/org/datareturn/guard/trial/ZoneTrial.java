package org.datareturn.guard.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.Engines;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.Refresh;
import org.datareturn.guard.Refused;
import org.datareturn.guard.Released;
import org.datareturn.guard.ZoneAnswer;
import org.datareturn.guard.ZoneSecret;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.CsvFile;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * {@code zone try}: an author's declaration and files on the whole road of guard, engine and disclosure control,
 * without a server. Standard output gets one JSON line for each question and nothing else; what is wrong with the
 * declaration, the files or the batch goes to the error stream, a line each.
 */
public final class ZoneTrial {
    /** Every question was answered, refused or not. */
    public static final int DONE = 0;

    /** The declaration, a file or a line of the batch is no good. */
    public static final int BAD_INPUT = 2;

    private final TrialOptions options;
    private final Clock clock;
    private final PrintStream out;

    private ZoneTrial(TrialOptions options, Clock clock, PrintStream out) {
        this.options = options;
        this.clock = clock;
        this.out = out;
    }

    /** Something the author must mend; the message is one or more lines ready to be shown. */
    private static final class BadInput extends Exception {
        private static final long serialVersionUID = 1L;

        BadInput(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Runs a trial.
     *
     * @return the exit status, {@link #DONE} or {@link #BAD_INPUT}
     */
    public static int run(TrialOptions options, Clock clock, InputStream in, PrintStream out, PrintStream err) {
        ZoneTrial trial = new ZoneTrial(options, clock, out);
        try {
            trial.run(in);
            return DONE;
        } catch (BadInput bad) {
            err.println(bad.getMessage());
            err.flush();
            return BAD_INPUT;
        }
    }

    private void run(InputStream in) throws BadInput {
        ZoneDeclaration declaration = declaration();
        Map<String, Path> files = new LinkedHashMap<>(options.tables());
        try (Session session = new Session(declaration, files)) {
            switch (options.questions()) {
                case TrialOptions.Questions.One(String sql) ->
                    print(session.answer(new TrialLine.Query(TextNode.valueOf("1"), sql, "analyst", "organisation")));
                case TrialOptions.Questions.Batch(Path file) -> {
                    try (Reader reader = Files.newBufferedReader(file)) {
                        lines(session, reader, file.toString());
                    } catch (IOException unreadable) {
                        throw unreadable(file);
                    }
                }
                case TrialOptions.Questions.Live live -> {
                    try {
                        lines(session, new InputStreamReader(in, StandardCharsets.UTF_8), "-");
                    } catch (IOException unreadable) {
                        throw new BadInput("standard input cannot be read / 无法读取标准输入");
                    }
                }
            }
        }
    }

    private ZoneDeclaration declaration() throws BadInput {
        try {
            return DeclarationReader.read(Files.readString(options.declaration()));
        } catch (IOException unreadable) {
            throw unreadable(options.declaration());
        } catch (DeclarationException wrong) {
            throw wrong(wrong);
        }
    }

    private BadInput wrong(DeclarationException wrong) {
        List<String> lines = wrong.problems().stream()
                .map(problem -> options.declaration() + ": " + problem)
                .toList();
        return new BadInput(String.join(System.lineSeparator(), lines));
    }

    private static BadInput unreadable(Path file) {
        return new BadInput(file + ": cannot be read as UTF-8 text / 无法按 UTF-8 文本读取");
    }

    private void lines(Session session, Reader text, String name) throws IOException, BadInput {
        BufferedReader reader = new BufferedReader(text);
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Optional<TrialLine> read = TrialLine.read(line);
            if (read.isEmpty()) {
                throw new BadInput(name + ": line " + number
                        + " is not a JSON object with id and one of sql, refresh, reset / 第 " + number
                        + " 行不是含 id 及 sql、refresh、reset 之一的 JSON 对象");
            }
            print(session.answer(read.get()));
        }
    }

    private void print(ObjectNode answer) {
        try {
            out.println(TrialLine.JSON.writeValueAsString(answer));
            out.flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A zone being tried, from one reset to the next. */
    private final class Session implements AutoCloseable {
        private final ZoneDeclaration declaration;
        private final LocalAuthor author;
        private Map<String, Path> files;
        private DataZone zone;

        Session(ZoneDeclaration declaration, Map<String, Path> files) throws BadInput {
            this.declaration = declaration;
            this.author = new LocalAuthor(declaration, clock);
            this.files = files;
            this.zone = open(files);
        }

        private DataZone open(Map<String, Path> from) throws BadInput {
            try {
                return DataZone.open(
                        declaration,
                        sources(from),
                        AnswerMemory.inProcess(),
                        Engines.of(EngineLimits.standard(), options.servers()),
                        ZoneSecret.fresh(),
                        clock);
            } catch (DeclarationException wrong) {
                throw wrong(wrong);
            } catch (LoadException unfit) {
                throw new BadInput(unfit.getMessage() + " / " + unfit.zh());
            }
        }

        private static Map<String, CsvSource> sources(Map<String, Path> from) {
            Map<String, CsvSource> sources = new LinkedHashMap<>();
            from.forEach((table, file) -> sources.put(table, new CsvFile(file)));
            return sources;
        }

        private Map<String, Path> with(Map<String, Path> changed) {
            Map<String, Path> merged = new LinkedHashMap<>(files);
            merged.putAll(changed);
            return merged;
        }

        ObjectNode answer(TrialLine line) throws BadInput {
            return switch (line) {
                case TrialLine.Query query -> answered(query);
                case TrialLine.NewEdition(JsonNode id, Map<String, Path> tables) -> refreshed(id, tables);
                case TrialLine.Reset(JsonNode id, Map<String, Path> tables) -> {
                    Map<String, Path> from = with(tables);
                    DataZone fresh = open(from);
                    zone.close();
                    zone = fresh;
                    files = from;
                    yield outcome(id, "reset");
                }
            };
        }

        private ObjectNode refreshed(JsonNode id, Map<String, Path> tables) throws BadInput {
            Map<String, Path> from = with(tables);
            try {
                return switch (zone.refresh(sources(from))) {
                    case Refresh.Refreshed refreshed -> {
                        files = from;
                        yield outcome(id, "refreshed");
                    }
                    case Refresh.HeldBack held -> outcome(id, "held_back");
                };
            } catch (LoadException unfit) {
                throw new BadInput(unfit.getMessage() + " / " + unfit.zh());
            }
        }

        private ObjectNode answered(TrialLine.Query query) {
            ZoneAnswer answer = switch (author.authorise(query.analyst(), query.organisation())) {
                case AuthorisedCall call -> zone.answer(call, query.sql());
                case Authorisation.Denied denied -> new Refused(Refusal.of(GuardReason.NOT_AUTHORISED_FOR_ZONE));
            };
            return switch (answer) {
                case Released released -> released(query.id(), released);
                case Refused(Refusal refusal) -> {
                    ObjectNode node = outcome(query.id(), "refused");
                    node.put("reason", refusal.reason().name());
                    node.put("message", refusal.messageEn() + " / " + refusal.messageZh());
                    yield node;
                }
            };
        }

        private ObjectNode released(JsonNode id, Released released) {
            ObjectNode node = outcome(id, "released");
            ArrayNode columns = node.putArray("columns");
            released.columns().forEach(column -> columns.add(column.name()));
            ArrayNode rows = node.putArray("rows");
            for (List<@Nullable Object> values : released.rows()) {
                ArrayNode row = rows.addArray();
                values.forEach(value -> add(row, value));
            }
            node.put("suppressed_groups", released.suppressedGroups());
            released.cost().ifPresent(cost -> {
                node.put("epsilon_spent", cost.epsilon());
                node.put("budget_left", cost.left());
            });
            if (!released.margins().isEmpty()) {
                ArrayNode margins = node.putArray("margins_95");
                for (Released.Margin margin : released.margins()) {
                    ObjectNode one = margins.addObject();
                    ArrayNode key = one.putArray("key");
                    margin.key().forEach(part -> add(key, part));
                    one.put("value", margin.value());
                    one.put("plus_minus", plain(margin.halfWidth()));
                }
            }
            if (options.explain()) {
                node.put("rewritten_sql", released.rewrittenSql());
            }
            return node;
        }

        private static void add(ArrayNode row, @Nullable Object value) {
            switch (value) {
                case null -> row.addNull();
                case Long whole -> row.add(whole);
                case BigDecimal decimal -> row.add(plain(decimal));
                case Boolean flag -> row.add(flag);
                default -> row.add(value.toString());
            }
        }

        // Trailing zeros say nothing, but 1E+2 for 100 would surprise a reader.
        private static BigDecimal plain(BigDecimal decimal) {
            BigDecimal stripped = decimal.stripTrailingZeros();
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }

        private static ObjectNode outcome(JsonNode id, String outcome) {
            ObjectNode node = TrialLine.JSON.createObjectNode();
            node.set("id", id);
            node.put("outcome", outcome);
            return node;
        }

        @Override
        public void close() {
            zone.close();
        }
    }
}
