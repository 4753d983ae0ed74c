package org.datareturn.policy.opa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.opa.wire.DecisionDocument;
import org.datareturn.policy.opa.wire.DecisionDocument.ObligationsDocument;
import org.datareturn.policy.opa.wire.WireAnswer;
import org.jspecify.annotations.Nullable;

/** Turns what an engine answered into a decision, the same way for both engines. Thread-safe. */
final class DecisionReader {
    private static final Logger LOG = System.getLogger(DecisionReader.class.getName());

    private static final Map<String, PolicyReason> REASONS =
            Stream.of(PolicyReason.values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private static final Map<String, AnswerForm> ANSWER_FORMS =
            Stream.of(AnswerForm.values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private DecisionReader() {}

    /**
     * The decision an answer stands for.
     *
     * @param input what was asked; obligations are held to its grant
     * @param revision named by a denial whose answer names none
     */
    static Decision read(WireAnswer answer, PolicyInput input, String revision) {
        return switch (answer) {
            case WireAnswer.Undefined() -> deny(PolicyReason.POLICY_UNDEFINED, revision);
            case WireAnswer.Malformed(String why) -> {
                LOG.log(Level.WARNING, "denied: the policy''s answer is malformed: {0}", why);
                yield deny(PolicyReason.POLICY_MALFORMED, revision);
            }
            case WireAnswer.Decided(DecisionDocument decision) -> decided(decision, input, revision);
        };
    }

    /** A denial for one reason. */
    static Decision.Deny deny(PolicyReason reason, String revision) {
        return new Decision.Deny(List.of(reason), revision);
    }

    private static Decision decided(DecisionDocument document, PolicyInput input, String fallback) {
        String revision = document.revision() == null ? fallback : document.revision();
        if (!Boolean.TRUE.equals(document.allow())) {
            return denied(document.reasons(), revision);
        }
        ObligationsDocument demanded = document.obligations();
        if (demanded == null
                || demanded.answerForm() == null
                || demanded.columns() == null
                || demanded.watermark() == null) {
            return deny(PolicyReason.POLICY_OBLIGATION_MISSING, revision);
        }
        AnswerForm form = ANSWER_FORMS.get(demanded.answerForm());
        if (form == null || !columnsWithinGrant(Set.copyOf(demanded.columns()), input)) {
            LOG.log(Level.WARNING, "denied: unknown answer form, or columns the grant does not have");
            return deny(PolicyReason.POLICY_MALFORMED, revision);
        }
        if (input.ask() instanceof Ask.Query && !demanded.watermark()) {
            return deny(PolicyReason.POLICY_OBLIGATION_MISSING, revision);
        }
        Integer size = demanded.minGroupSize();
        OptionalInt minGroupSize = size == null ? OptionalInt.empty() : OptionalInt.of(size);
        return new Decision.Allow(
                new Obligations(form, Set.copyOf(demanded.columns()), minGroupSize, demanded.watermark()), revision);
    }

    private static Decision denied(@Nullable List<String> codes, String revision) {
        // In the catalogue's order, whatever the engine's: the first is told, and it is the one to begin with.
        Set<PolicyReason> reasons = EnumSet.noneOf(PolicyReason.class);
        for (String code : codes == null ? List.<String>of() : codes) {
            PolicyReason known = REASONS.get(code);
            if (known == null) {
                LOG.log(Level.WARNING, "the policy denies for a reason nobody knows: {0}", code);
                known = PolicyReason.POLICY_REASON_UNKNOWN;
            }
            reasons.add(known);
        }
        return reasons.isEmpty()
                ? deny(PolicyReason.POLICY_MALFORMED, revision)
                : new Decision.Deny(List.copyOf(reasons), revision);
    }

    /** A policy can narrow the grant's columns, never widen them; a verification has none. */
    private static boolean columnsWithinGrant(Set<String> columns, PolicyInput input) {
        return switch (input.ask()) {
            case Ask.Verify verify -> columns.isEmpty();
            case Ask.Query query ->
                input.grant().map(GrantFacts::fields).orElse(Set.of()).containsAll(columns);
        };
    }
}
