package org.datareturn.verifier.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.util.function.BiFunction;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Questions of a trial, answered line by line under the limits against probing, at once and in order. For one thread.
 */
final class TrialSession {
    /** What some editors write before the first line. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ProductDeclaration product;
    private final SubjectTokens keys;
    private final Canaries canaries;
    private final BiFunction<ProbeGuard, Clock, TrialAnswer.Source> made;
    private final PrintStream out;
    private final PrintStream err;
    private final TrialClock clock;
    private final LocalAuthor author;
    private TrialAnswer.Source source;

    /**
     * A session.
     *
     * @param made makes what answers, anew with every reset, over a guard and the questions' clock
     */
    TrialSession(
            ProductDeclaration product,
            SubjectTokens keys,
            Canaries canaries,
            Clock startClock,
            BiFunction<ProbeGuard, Clock, TrialAnswer.Source> made,
            PrintStream out,
            PrintStream err) {
        this.product = product;
        this.keys = keys;
        this.canaries = canaries;
        this.made = made;
        this.out = out;
        this.err = err;
        this.clock = new TrialClock(startClock);
        this.author = new LocalAuthor(product, clock);
        this.source = fresh();
    }

    /** Answers a file, or standard input where there is none. */
    void answer(Optional<Path> batch, InputStream in) throws BadInput {
        if (batch.isPresent()) {
            try (Reader reader = Files.newBufferedReader(batch.get())) {
                answer(reader, batch.get().toString());
            } catch (IOException unreadable) {
                throw BadInput.unreadable(batch.get());
            }
        } else {
            try {
                answer(new InputStreamReader(in, StandardCharsets.UTF_8), "-");
            } catch (IOException unreadable) {
                throw new BadInput("standard input cannot be read / 无法读取标准输入");
            }
        }
    }

    private void answer(Reader text, String name) throws IOException, BadInput {
        BufferedReader reader = new BufferedReader(text);
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String bare = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            if (bare.isBlank()) {
                continue;
            }
            Optional<TrialLine> read = TrialLine.read(bare);
            if (read.isEmpty()) {
                throw new BadInput(name + ": line " + number
                        + " is not a JSON object with id and either operator, at (ISO 8601 with offset, in the years "
                        + TrialLine.FIRST_YEAR + " to " + TrialLine.LAST_YEAR + ") and request, or reset / 第 " + number
                        + " 行不是含 id 以及 operator、at（" + TrialLine.FIRST_YEAR + " 至 " + TrialLine.LAST_YEAR
                        + " 年）、request（或 reset）的 JSON 对象");
            }
            Optional<ObjectNode> answer = answer(read.get());
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

    private TrialAnswer.Source fresh() {
        ProbeGuard guard = new ProbeGuard(
                ProbingLimits.standard(),
                new InProcessProbeMemory(),
                keys,
                canaries,
                event -> err.println(
                        "risk event: " + event.kind() + " at " + event.at() + " by " + oneLine(event.asker())),
                clock);
        return made.apply(guard, clock);
    }

    /** An operator's name comes from the batch: quoted, it is one word of one line, whatever is in it. */
    private static TextNode oneLine(Asker asker) {
        return TextNode.valueOf(asker.operator());
    }

    /** The answer of a line; empty when its time lies before the last one's. */
    private Optional<ObjectNode> answer(TrialLine line) {
        switch (line) {
            case TrialLine.Reset(JsonNode id) -> {
                clock.beginAnew();
                source = fresh();
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
        return switch (author.authorise(question.operator(), question.request().keySet())) {
            case Authorisation.Denied denied ->
                refused(question.id(), "refused", Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
            case AuthorisedCall call ->
                switch (source.ask(call, new VerificationRequest(product.name(), question.request()))) {
                    case TrialAnswer.Answered(String word) -> {
                        ObjectNode node = outcome(question.id(), "answered");
                        node.put("answer", word);
                        yield node;
                    }
                    case TrialAnswer.Refused(Refusal refusal) -> refused(question.id(), "refused", refusal);
                    case TrialAnswer.Suspended(Refusal refusal) -> refused(question.id(), "suspended", refusal);
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
