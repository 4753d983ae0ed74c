package org.datareturn.sandbox.cli.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.cli.CliReason;

/**
 * The answers to a list: CSV with the columns {@code line,answer,reason,trace_id}, one row for each of the list's, in its
 * order and without its values; and beside it, {@code .receipts.jsonl}, the batch's name and one receipt a chunk. A run
 * that was interrupted is gone on with after the last whole line. For one thread. Close it.
 */
final class AnswerFile implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;

    private static final String HEADER = "line,answer,reason,trace_id";

    private final BufferedWriter answers;
    private final BufferedWriter receipts;
    private final long lastLine;
    private final Map<String, Long> told = new TreeMap<>();

    private AnswerFile(BufferedWriter answers, BufferedWriter receipts, long lastLine) {
        this.answers = answers;
        this.receipts = receipts;
        this.lastLine = lastLine;
    }

    static Path receiptsBeside(Path file) {
        return file.resolveSibling(file.getFileName() + ".receipts.jsonl");
    }

    /** Opens the answers of a batch, new or to go on with. */
    static AnswerFile open(Path file, String batchId) throws IOException, CheckFailed {
        Path beside = receiptsBeside(file);
        String name = "{\"batch_id\":\"" + batchId + "\"}";
        if (!Files.exists(file)) {
            BufferedWriter answers =
                    Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            answers.write(HEADER + "\n");
            answers.flush();
            BufferedWriter receipts = Files.newBufferedWriter(beside, StandardCharsets.UTF_8);
            receipts.write(name + "\n");
            receipts.flush();
            return new AnswerFile(answers, receipts, 0);
        }
        Optional<String> of = Optional.empty();
        if (Files.exists(beside)) {
            try (var lines = Files.lines(beside, StandardCharsets.UTF_8)) {
                of = lines.findFirst();
            }
        }
        if (!of.equals(Optional.of(name))) {
            throw new CheckFailed(Refusal.of(CliReason.ANSWERS_OF_ANOTHER_LIST, file.toString()));
        }
        cutToWholeLines(beside);
        long last = cutToWholeLines(file);
        return new AnswerFile(
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
                Files.newBufferedWriter(beside, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
                last);
    }

    /** Cuts off a line that was not written to its end; gives the number the last whole one begins with, else 0. */
    private static long cutToWholeLines(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            long end = content.length();
            while (end > 0 && at(content, end - 1) != '\n') {
                end--;
            }
            content.setLength(end);
            long begin = Math.max(0, end - 1);
            while (begin > 0 && at(content, begin - 1) != '\n') {
                begin--;
            }
            content.seek(begin);
            byte[] line = new byte[(int) Math.min(end - begin, LONGEST_LINE)];
            content.readFully(line);
            String number = new String(line, StandardCharsets.UTF_8).split(",", 2)[0];
            return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
        }
    }

    private static int at(RandomAccessFile content, long place) throws IOException {
        content.seek(place);
        return content.read();
    }

    /** The last line of the list that has its answer already. */
    long lastLine() {
        return lastLine;
    }

    /** Adds the answer to a line: MATCH …, or a reason. */
    void add(long line, Optional<String> answer, String reason, String trace) throws IOException {
        answers.write(line + "," + answer.orElse("") + "," + reason + "," + trace + "\n");
        told.merge(answer.orElse(reason), 1L, Long::sum);
    }

    /** Adds a chunk's receipt. */
    void receipt(long from, long to, String trace, String receipt) throws IOException {
        receipts.write("{\"from_line\":" + from + ",\"to_line\":" + to + ",\"trace_id\":\"" + trace
                + "\",\"receipt\":\"" + receipt.replace("\n", "\\n") + "\"}\n");
    }

    /** Hands what was added to the file system, receipts first. */
    void flush() throws IOException {
        receipts.flush();
        answers.flush();
    }

    /** How many lines were told what in this run. */
    Map<String, Long> told() {
        return Map.copyOf(told);
    }

    @Override
    public void close() throws IOException {
        try (Writer first = answers;
                Writer second = receipts) {
            second.flush();
            first.flush();
        }
    }
}
