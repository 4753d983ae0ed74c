package org.datareturn.sandbox.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is recorded of one call or event: who, under which grant, what was asked of what, and what came of it. It holds
 * no value of a person: the request and the answer appear as digests only, the request's under a key, because ID
 * numbers can be guessed. It stays in the encrypted journal and in the receipt of whoever called; the public log holds
 * a salted commitment to it.
 *
 * @param traceId the call's trace
 * @param at when, to the millisecond
 * @param kind what kind of thing happened
 * @param organisation unified social credit code of the caller, or the node's own name
 * @param operator the person or system account
 * @param grantId the grant the call ran under
 * @param applicationId the application it belongs to
 * @param target the product, zone or thing concerned
 * @param outcome outcome or reason code, upper snake case by habit
 * @param requestDigest keyed digest of the request, 64 hexadecimal digits
 * @param answerDigest digest of the answer as sent, 64 hexadecimal digits
 * @param policyRevision revision of the policy that decided
 * @param releaseId the released table, where there is one
 * @param edition edition of the data that answered
 * @param source where the data come from (provider, acquisition date)
 */
public record LedgerRecord(
        TraceId traceId,
        Instant at,
        Kind kind,
        String organisation,
        String operator,
        Optional<String> grantId,
        Optional<String> applicationId,
        String target,
        String outcome,
        Optional<String> requestDigest,
        Optional<String> answerDigest,
        String policyRevision,
        Optional<String> releaseId,
        Optional<String> edition,
        Optional<String> source) {
    /** Longest text of any field, UTF-16 units. */
    public static final int MAX_TEXT_LENGTH = 512;

    private static final int DIGEST_DIGITS = 64;

    /** What kind of thing is recorded. */
    public enum Kind {
        /** A yes/no check was answered. */
        VERIFICATION,
        /** A data zone released an aggregate. */
        ZONE_QUERY,
        /** A call was refused. */
        REFUSAL,
        /** An application took a step. */
        APPLICATION_EVENT,
        /** A grant was issued, suspended, revoked, renewed or ended. */
        GRANT_EVENT,
        /** Another policy took effect. */
        POLICY_EVENT,
        /** A zone or registry was loaded or refreshed. */
        DATA_EVENT,
        /** A model was registered, approved, refused or suspended. */
        MODEL_EVENT,
        /** The record itself was read. */
        AUDIT_EVENT,
        /** An alarm, an incident or a step of its handling. */
        SECURITY_EVENT
    }

    /** @throws IllegalArgumentException when a text is empty, too long, holds control characters or lone surrogates */
    public LedgerRecord {
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(kind, "kind");
        at = Instant.ofEpochMilli(at.toEpochMilli());
        check(organisation);
        check(operator);
        check(target);
        check(outcome);
        check(policyRevision);
        grantId.ifPresent(LedgerRecord::check);
        applicationId.ifPresent(LedgerRecord::check);
        releaseId.ifPresent(LedgerRecord::check);
        edition.ifPresent(LedgerRecord::check);
        source.ifPresent(LedgerRecord::check);
        requestDigest.ifPresent(LedgerRecord::checkDigest);
        answerDigest.ifPresent(LedgerRecord::checkDigest);
        if (at.isBefore(RecordJson.EARLIEST) || at.isAfter(RecordJson.LATEST)) {
            throw new IllegalArgumentException("the instant must lie in the years 2000 to 9999");
        }
    }

    /** A record with its necessary fields; the {@code with…} methods add the rest. */
    public static LedgerRecord of(
            TraceId traceId,
            Instant at,
            Kind kind,
            String organisation,
            String operator,
            String target,
            String outcome,
            String policyRevision) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                Optional.empty(),
                Optional.empty(),
                target,
                outcome,
                Optional.empty(),
                Optional.empty(),
                policyRevision,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** This record, under a grant of an application. */
    public LedgerRecord withGrant(String grant, String application) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                Optional.of(grant),
                Optional.of(application),
                target,
                outcome,
                requestDigest,
                answerDigest,
                policyRevision,
                releaseId,
                edition,
                source);
    }

    /** This record, with the keyed digest of the request. */
    public LedgerRecord withRequestDigest(String keyedDigestHex) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                grantId,
                applicationId,
                target,
                outcome,
                Optional.of(keyedDigestHex),
                answerDigest,
                policyRevision,
                releaseId,
                edition,
                source);
    }

    /** This record, with the digest of the answer. */
    public LedgerRecord withAnswerDigest(String digestHex) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                grantId,
                applicationId,
                target,
                outcome,
                requestDigest,
                Optional.of(digestHex),
                policyRevision,
                releaseId,
                edition,
                source);
    }

    /** This record, of one released table. */
    public LedgerRecord withRelease(String release) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                grantId,
                applicationId,
                target,
                outcome,
                requestDigest,
                answerDigest,
                policyRevision,
                Optional.of(release),
                edition,
                source);
    }

    /** This record, answered from one edition of a source. */
    public LedgerRecord withSource(String dataEdition, String dataSource) {
        return new LedgerRecord(
                traceId,
                at,
                kind,
                organisation,
                operator,
                grantId,
                applicationId,
                target,
                outcome,
                requestDigest,
                answerDigest,
                policyRevision,
                releaseId,
                Optional.of(dataEdition),
                Optional.of(dataSource));
    }

    private static void check(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "a text of a record has 1 to " + MAX_TEXT_LENGTH + " characters, was " + text.length());
        }
        if (!isPrintable(text)) {
            throw new IllegalArgumentException("a text of a record holds no control characters or lone surrogates");
        }
    }

    // Every call makes several records on its way; streams and patterns here were 2 % of all work.
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean whole = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!whole) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void checkDigest(String digest) {
        boolean wellFormed = digest.length() == DIGEST_DIGITS;
        for (int i = 0; wellFormed && i < DIGEST_DIGITS; i++) {
            char c = digest.charAt(i);
            wellFormed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!wellFormed) {
            throw new IllegalArgumentException("a digest is 64 lower-case hexadecimal digits");
        }
    }
}
