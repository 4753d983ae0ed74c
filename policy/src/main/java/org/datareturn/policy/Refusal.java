package org.datareturn.policy;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A refusal: a reason code, the arguments of its message, where in the caller's text it arose, and what would be
 * answered instead.
 *
 * @param reason why
 * @param arguments arguments of the message template; never data values
 * @param position where in the caller's text, when it arose there
 * @param hint what would be answered instead, in both languages, when there is something to say
 */
public record Refusal(ReasonCode reason, List<String> arguments, Optional<Position> position, Optional<Hint> hint) {
    private static final String ENDS = ".!?:;。！？：；";

    /** A place in a text the caller sent; line and column count from 1. */
    public record Position(int line, int column) {}

    /** What the caller can do next, in Chinese and English. */
    public record Hint(String zh, String en) {}

    public Refusal {
        arguments = List.copyOf(arguments);
    }

    /** A refusal with neither position nor hint. */
    public static Refusal of(ReasonCode reason, String... arguments) {
        return new Refusal(reason, List.of(arguments), Optional.empty(), Optional.empty());
    }

    /** This refusal, pointing at a place in the caller's text. */
    public Refusal at(int line, int column) {
        return new Refusal(reason, arguments, Optional.of(new Position(line, column)), hint);
    }

    /** This refusal, saying what would be answered instead. */
    public Refusal withHint(String zh, String en) {
        return new Refusal(reason, arguments, position, Optional.of(new Hint(zh, en)));
    }

    /** The message in Chinese, with position and hint where there are any, each a sentence of its own. */
    public String messageZh() {
        String place = position.map(p -> String.format(Locale.ROOT, "（第 %d 行第 %d 列）", p.line(), p.column()))
                .orElse("");
        String message = placed(format(reason.zh()), place);
        return hint.map(next -> sentence(message, "。") + next.zh()).orElse(message);
    }

    /** The message in English, with position and hint where there are any, each a sentence of its own. */
    public String messageEn() {
        String place = position.map(p -> String.format(Locale.ROOT, " (line %d, column %d)", p.line(), p.column()))
                .orElse("");
        String message = placed(format(reason.en()), place);
        return hint.map(next -> sentence(message, ".") + " " + next.en()).orElse(message);
    }

    /** A message with its place, which stands before the full stop where the message has one. */
    private static String placed(String message, String place) {
        boolean stopped = !place.isEmpty() && (message.endsWith(".") || message.endsWith("。"));
        int end = stopped ? message.length() - 1 : message.length();
        return message.substring(0, end) + place + message.substring(end);
    }

    /** A message that others follow: templates end without a full stop as often as with one. */
    private static String sentence(String message, String stop) {
        return message.isEmpty() || ENDS.indexOf(message.charAt(message.length() - 1)) >= 0 ? message : message + stop;
    }

    private String format(String template) {
        return new MessageFormat(template, Locale.ROOT).format(arguments.toArray());
    }
}
