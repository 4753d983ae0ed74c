package org.datareturn.verifier.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.VerificationOutcome;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.Verifier;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * {@code product try}: an author's product on the whole road of normalisation, limits and matching, without a server.
 * Standard output gets one JSON line for each line of the batch and nothing else, at once and in order; what is wrong with
 * the declaration, the files or the batch goes to the error stream, a line each. All operators are of one organisation
 * and ask under one grant; the policy allows the least a product can tell.
 */
public final class ProductTrial {
    /** Every line was answered, refused or not. */
    public static final int DONE = 0;

    /** The declaration, a file or a line of the batch is no good. */
    public static final int BAD_INPUT = 2;

    private final TrialOptions options;
    private final Clock startClock;
    private final PrintStream out;
    private final PrintStream err;

    private ProductTrial(TrialOptions options, Clock startClock, PrintStream out, PrintStream err) {
        this.options = options;
        this.startClock = startClock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a trial.
     *
     * @param clock the time until a question says another
     * @return the exit status, {@link #DONE} or {@link #BAD_INPUT}
     */
    public static int run(TrialOptions options, Clock clock, InputStream in, PrintStream out, PrintStream err) {
        try {
            new ProductTrial(options, clock, out, err).run(in);
            return DONE;
        } catch (BadInput bad) {
            err.println(bad.getMessage());
            err.flush();
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private void run(InputStream in) throws BadInput {
        ProductDeclaration product = TrialProduct.named(options.product());
        SubjectTokens keys = SubjectTokens.ephemeral();
        Canaries canaries = TrialRegistry.canaries(options.canaries(), product, keys, startClock);
        try (TrialRegistry registry = TrialRegistry.open(options.registry(), product, keys, startClock, err)) {
            Session session = new Session(product, registry, keys, canaries);
            if (options.batch().isPresent()) {
                Path file = options.batch().get();
                try (Reader reader = Files.newBufferedReader(file)) {
                    lines(session, reader, file.toString());
                } catch (IOException unreadable) {
                    throw BadInput.unreadable(file);
                }
            } else {
                try {
                    lines(session, new InputStreamReader(in, StandardCharsets.UTF_8), "-");
                } catch (IOException unreadable) {
                    throw new BadInput("standard input cannot be read / 无法读取标准输入");
                }
            }
        }
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
                        + " is not a JSON object with id and either operator, at (ISO 8601 with offset) and request, or"
                        + " reset / 第 " + number + " 行不是含 id 以及 operator、at、request（或 reset）的 JSON 对象");
            }
            Optional<ObjectNode> answer = session.answer(read.get());
            if (answer.isEmpty()) {
                throw new BadInput(name + ": line " + number + ": at goes backwards / 第 " + number + " 行：at 早于上一行");
            }
            print(answer.get());
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

    /** A product being tried, from one reset to the next. */
    private final class Session {
        private final ProductDeclaration product;
        private final TrialRegistry registry;
        private final SubjectTokens keys;
        private final Canaries canaries;
        private final TrialClock clock;
        private final LocalAuthor author;
        private Verifier verifier;

        Session(ProductDeclaration product, TrialRegistry registry, SubjectTokens keys, Canaries canaries) {
            this.product = product;
            this.registry = registry;
            this.keys = keys;
            this.canaries = canaries;
            this.clock = new TrialClock(startClock);
            this.author = new LocalAuthor(product, clock);
            this.verifier = fresh();
        }

        private Verifier fresh() {
            ProbeGuard guard = new ProbeGuard(
                    ProbingLimits.standard(),
                    new InProcessProbeMemory(),
                    keys,
                    canaries,
                    event -> err.println("risk event: " + event.kind() + " at " + event.at() + " by "
                            + event.asker().operator()),
                    clock);
            return new Verifier(Products.of(java.util.List.of(product)), registry.stores(), keys, guard, clock);
        }

        /** The answer of a line; empty when its time lies before the last one's. */
        Optional<ObjectNode> answer(TrialLine line) {
            switch (line) {
                case TrialLine.Reset(JsonNode id) -> {
                    clock.beginAnew();
                    verifier = fresh();
                    return Optional.of(outcome(id, "reset"));
                }
                case TrialLine.Question question -> {
                    if (question.at().isPresent() && !clock.moveTo(question.at().get())) {
                        return Optional.empty();
                    }
                    return Optional.of(answer(question));
                }
            }
        }

        private ObjectNode answer(TrialLine.Question question) {
            return switch (author.authorise(
                    question.operator(), question.request().keySet())) {
                case Authorisation.Denied denied ->
                    refused(question.id(), "refused", Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
                case AuthorisedCall call ->
                    switch (verifier.verify(call, new VerificationRequest(product.name(), question.request()))) {
                        case Checked checked -> {
                            ObjectNode node = outcome(question.id(), "answered");
                            node.put("answer", checked.answer().name());
                            yield node;
                        }
                        case VerificationOutcome.Refused(Refusal refusal) -> refused(question.id(), "refused", refusal);
                        case VerificationOutcome.Suspended(Refusal refusal) ->
                            refused(question.id(), "suspended", refusal);
                    };
            };
        }

        private static ObjectNode refused(JsonNode id, String outcome, Refusal refusal) {
            ObjectNode node = outcome(id, outcome);
            node.put("reason", refusal.reason().name());
            node.put("message", refusal.messageEn() + " / " + refusal.messageZh());
            return node;
        }

        private static ObjectNode outcome(JsonNode id, String outcome) {
            ObjectNode node = TrialLine.JSON.createObjectNode();
            node.set("id", id);
            node.put("outcome", outcome);
            return node;
        }
    }
}
