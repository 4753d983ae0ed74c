package org.datareturn.sandbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.ledger.ReceiptVerifier;
import org.datareturn.sandbox.ledger.ReceiptVerifier.Verification;
import org.datareturn.sandbox.ledger.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code receipt …}: what the recipient of an answer can prove with no server. */
@Command(
        name = "receipt",
        description = "Receipts of answers and refusals. 回执。",
        subcommands = ReceiptCommand.Verify.class)
final class ReceiptCommand {
    /** {@code receipt verify FILE --key VKEY}. */
    @Command(
            name = "verify",
            description = {
                "Checks a receipt offline: that the record in it stands in the log its key signed.",
                "离线核验回执：其中的记录确实在该密钥签署的日志中。"
            })
    static final class Verify implements Callable<Integer> {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "FILE",
                description = "the receipt (a C2SP tlog-proof), or a batch's FILE.receipts.jsonl: every one in it")
        private Path file;

        @Option(
                names = "--key",
                required = true,
                paramLabel = "VKEY",
                description = "the node's verifier key (name+id+key), or a file that holds it")
        private String key;

        @Option(names = "--json", description = "print the verified record as JSON only")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            Console console = new Console(spec);
            String text;
            try {
                text = withoutExtraNewline(Files.readString(file, StandardCharsets.UTF_8));
            } catch (NoSuchFileException e) {
                return console.fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
            } catch (IOException e) {
                return console.fail(Refusal.of(CliReason.FILE_UNREADABLE, file.toString()));
            }
            Optional<VerifierKey> trusted = trusted();
            if (trusted.isEmpty()) {
                return console.fail(Refusal.of(CliReason.KEY_MALFORMED));
            }
            if (text.startsWith("{")) {
                return many(text, trusted.get(), console);
            }
            switch (ReceiptVerifier.verify(text, trusted.get())) {
                case Verification.Rejected rejected -> {
                    console.err(Refusal.of(rejected.reason()));
                    return Exit.REFUSED_OR_FAILED;
                }
                case Verification.Verified verified -> {
                    String record = Receipt.parse(text).orElseThrow().recordJson();
                    if (json) {
                        console.out(record);
                    } else {
                        console.out("VERIFIED 核验通过: entry " + verified.index() + " of "
                                + verified.checkpoint().origin() + ", log size "
                                + verified.checkpoint().size());
                        console.out(record);
                    }
                    return Exit.OK;
                }
            }
        }

        /** The receipts of a batch, one a line; its first line names the batch. */
        private int many(String lines, VerifierKey trusted, Console console) throws IOException {
            int verified = 0;
            int number = 0;
            for (String line : lines.lines().toList()) {
                number++;
                String receipt;
                try {
                    receipt = JSON.readTree(line).path("receipt").asText();
                } catch (JsonProcessingException e) {
                    return console.fail(Refusal.of(CliReason.RECEIPT_LINE_REFUSED, Integer.toString(number), "JSON"));
                }
                if (receipt.isEmpty() && number == 1) {
                    continue;
                }
                if (ReceiptVerifier.verify(receipt, trusted) instanceof Verification.Rejected rejected) {
                    console.err(Refusal.of(
                            CliReason.RECEIPT_LINE_REFUSED,
                            Integer.toString(number),
                            rejected.reason().name()));
                    return Exit.REFUSED_OR_FAILED;
                }
                verified++;
                if (json) {
                    console.out(Receipt.parse(receipt).orElseThrow().recordJson());
                }
            }
            if (verified == 0) {
                return console.fail(Refusal.of(CliReason.RECEIPT_LINE_REFUSED, "1", "empty"));
            }
            if (!json) {
                console.out("VERIFIED 核验通过: " + verified + " receipts 份回执");
            }
            return Exit.OK;
        }

        /** Tools that print a text add a newline of their own; nothing else about a receipt may differ. */
        private static String withoutExtraNewline(String text) {
            return text.endsWith("\n\n") ? text.substring(0, text.length() - 1) : text;
        }

        private Optional<VerifierKey> trusted() throws IOException {
            Path named = key.contains("+") ? null : Path.of(key);
            String text = named != null && Files.isRegularFile(named) ? Files.readString(named) : key;
            try {
                return Optional.of(VerifierKey.parse(text.strip()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
