package org.datareturn.sandbox.application;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.CreditCode;
import org.datareturn.sandbox.identity.Region;
import org.datareturn.verifier.privatecheck.DailyQuota;
import org.datareturn.verifier.probing.ProbingLimits;

/**
 * What a machine can check of completeness and accuracy (形式审核, SD-3 §6.2) before a person looks: every field of
 * Appendix A is there, of a possible form and length. Names every field that is wrong, by its name in the API.
 */
final class Completeness {
    private static final int SHORT = 200;
    private static final int LONG = 4000;
    private static final int MANY = 500;
    private static final long MOST_CALLS_PER_DAY =
            ProbingLimits.standard().quotas().grantPerDay();
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{5,24}[0-9]");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");

    private final List<Refusal> refusals = new ArrayList<>();
    private final ApplicationDraft draft;
    private final Instant now;

    private Completeness(ApplicationDraft draft, Instant now) {
        this.draft = draft;
        this.now = now;
    }

    /** What is wrong with a draft; empty when nothing is. */
    static List<Refusal> check(ApplicationDraft draft, Instant now, ApplicationRules rules, CommitmentText text) {
        Completeness check = new Completeness(draft, now);
        check.resources();
        check.applicant();
        check.business();
        check.validity(rules);
        check.commitment(text);
        return List.copyOf(check.refusals);
    }

    private void resources() {
        if (required("provider_organisation", draft.provider(), SHORT) && !CreditCode.isValid(draft.provider())) {
            malformed("provider_organisation", "不是有效的统一社会信用代码", "not a valid unified social credit code");
        }
        if (draft.products().isEmpty() && draft.zones().isEmpty()) {
            missing("products");
        }
        listed("products", draft.products());
        listed("zones", draft.zones());
        if (draft.fields().isEmpty()) {
            missing("fields");
        }
        listed("fields", draft.fields());
        if (draft.regions().isEmpty()) {
            missing("regions");
        }
        listed("regions", draft.regions());
        OptionalLong calls = draft.quotas().callsPerDay();
        if (calls.isPresent() && (calls.getAsLong() < 1 || calls.getAsLong() > MOST_CALLS_PER_DAY)) {
            malformed("calls_per_day", "应为 1 至 " + MOST_CALLS_PER_DAY, "must be 1 to " + MOST_CALLS_PER_DAY);
        }
        long items = draft.quotas().privateItemsPerDay();
        if (items < 0 || items > DailyQuota.MOST_ITEMS) {
            String most = Long.toString(DailyQuota.MOST_ITEMS);
            malformed("private_items_per_day", "应为 0 至 " + most, "must be 0 to " + most);
        }
        if (!draft.regions().stream().allMatch(Region::isValid)) {
            malformed("regions", "不是六位行政区划代码", "not six-digit codes of administrative divisions");
        }
    }

    private void applicant() {
        ApplicationDraft.Contact contact = draft.contact();
        required("contact_name", contact.name(), SHORT);
        if (required("contact_phone", contact.phone(), SHORT)
                && !PHONE.matcher(contact.phone().strip()).matches()) {
            malformed("contact_phone", "不是电话号码", "not a telephone number");
        }
        if (required("contact_email", contact.email(), SHORT)
                && !EMAIL.matcher(contact.email().strip()).matches()) {
            malformed("contact_email", "不是电子邮箱地址", "not an e-mail address");
        }
    }

    private void business() {
        required("system_name", draft.systemName(), SHORT);
        required("scenario", draft.scenario(), LONG);
        required("legal_basis", draft.legalBasis(), LONG);
        if (draft.purpose().isEmpty()) {
            missing("purpose");
        }
        if (draft.purpose().equals(Optional.of(Purpose.OTHER))) {
            required("purpose_text", draft.purposeText(), LONG);
        } else {
            optional("purpose_text", draft.purposeText());
        }
        optional("additional_agreement", draft.additionalAgreement());
        optional("technical_request", draft.technicalRequest());
    }

    private void validity(ApplicationRules rules) {
        if (draft.validFrom().isEmpty()) {
            missing("valid_from");
        }
        if (draft.validUntil().isEmpty()) {
            missing("valid_until");
        }
        if (draft.validFrom().isEmpty() || draft.validUntil().isEmpty()) {
            return;
        }
        Instant from = draft.validFrom().get();
        Instant until = draft.validUntil().get();
        if (!from.isBefore(until)) {
            malformed("valid_until", "有效期止不晚于有效期起", "not after valid_from");
        } else if (!now.isBefore(until)) {
            malformed("valid_until", "有效期已过", "already over");
        } else if (until.isAfter(latest(from).plus(rules.longestValidity()))) {
            malformed(
                    "valid_until",
                    "有效期超过 " + rules.longestValidity().toDays() + " 天",
                    "validity longer than " + rules.longestValidity().toDays() + " days");
        }
    }

    /** A start that lies long ago must not stretch the arithmetic; validity counts from now at the earliest. */
    private Instant latest(Instant from) {
        return from.isAfter(now) ? from : now;
    }

    private void commitment(CommitmentText text) {
        ApplicationDraft.Commitment commitment = draft.commitment();
        required("security_officer", commitment.responsiblePerson(), SHORT);
        if (commitment.acceptance() != ApplicationDraft.Acceptance.ACCEPTED) {
            missing("commitment_accepted");
        }
        if (!commitment.textDigest().isBlank() && !commitment.textDigest().equals(text.digest())) {
            refusals.add(Refusal.of(ApplicationReason.COMMITMENT_TEXT_DIFFERS, text.version()));
        }
    }

    private boolean required(String field, String value, int longest) {
        if (value.isBlank()) {
            missing(field);
            return false;
        }
        return fits(field, value, longest);
    }

    private void optional(String field, String value) {
        fits(field, value, LONG);
    }

    private boolean fits(String field, String value, int longest) {
        if (value.length() > longest) {
            malformed(field, "超过 " + longest + " 个字符", "longer than " + longest + " characters");
            return false;
        }
        if (!Texts.isPlain(value)) {
            malformed(field, "含有控制字符", "contains control characters");
            return false;
        }
        return true;
    }

    private void listed(String field, List<String> values) {
        boolean shaped = values.size() <= MANY
                && values.stream()
                        .allMatch(value -> !value.isBlank() && value.length() <= SHORT && Texts.isPlain(value))
                && values.stream().distinct().count() == values.size();
        if (!shaped) {
            malformed(
                    field,
                    "有空项、重复项、过长项或过多项",
                    "has blank, repeated or over-long entries, or more than " + MANY + " of them");
        }
    }

    private void missing(String field) {
        refusals.add(Refusal.of(ApplicationReason.APPLICATION_FIELD_MISSING, field));
    }

    private void malformed(String field, String zh, String en) {
        refusals.add(Refusal.of(ApplicationReason.APPLICATION_FIELD_MALFORMED, field, zh, en));
    }
}
