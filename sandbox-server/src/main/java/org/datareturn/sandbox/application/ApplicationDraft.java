package org.datareturn.sandbox.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Purpose;

/**
 * What an applicant fills in: every field of SD-3 Appendix A, what is asked for, and the commitment. Anything may be
 * blank or empty here; {@link Completeness} finds what is missing. The applicant's code and name are not here: they
 * come from the caller's identity.
 *
 * @param provider credit code of the providing organisation (提供数据的公共管理和服务机构)
 * @param products verification products asked for
 * @param zones data zones asked for
 * @param fields fields asked for: {@code table.column} for zones, request fields for products; a name means that field
 *     in every resource asked for that has it
 * @param regions divisions (GB/T 2260) the grant shall cover; a code covers everything below it
 * @param contact who answers for the application (单位联系人)
 * @param systemName the application system (应用系统名称)
 * @param scenario the one scenario (办事场景)
 * @param legalBasis legal basis (申请依据)
 * @param purpose usage category (使用范围); empty when not chosen
 * @param purposeText what {@link Purpose#OTHER} means here
 * @param additionalAgreement demands that are not technical (附加协议); may be blank
 * @param technicalRequest technical demands (其他技术请求); may be blank
 * @param validFrom first instant asked for
 * @param validUntil first instant after the validity asked for
 * @param quotas how much of verification services a day is asked for
 * @param commitment the commitment letter (公共数据规范使用承诺书)
 */
public record ApplicationDraft(
        String provider,
        List<String> products,
        List<String> zones,
        List<String> fields,
        List<String> regions,
        Contact contact,
        String systemName,
        String scenario,
        String legalBasis,
        Optional<Purpose> purpose,
        String purposeText,
        String additionalAgreement,
        String technicalRequest,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        GrantFacts.Quotas quotas,
        Commitment commitment) {

    /**
     * The applicant's contact.
     *
     * @param name 单位联系人姓名
     * @param phone 联系人电话
     * @param email 联系人邮箱
     */
    public record Contact(String name, String phone, String email) {}

    /**
     * The commitment as the applicant gave it.
     *
     * @param acceptance whether its text was accepted
     * @param textDigest SHA-256, lower-case hexadecimal, of the text that was shown; blank stands for the current text
     * @param responsiblePerson the organisation's data security officer (数据安全责任人)
     */
    public record Commitment(Acceptance acceptance, String textDigest, String responsiblePerson) {}

    /** Whether the commitment was accepted. */
    public enum Acceptance {
        /** 已承诺. */
        ACCEPTED,
        /** 未承诺. */
        NOT_ACCEPTED
    }

    public ApplicationDraft {
        products = List.copyOf(products);
        zones = List.copyOf(zones);
        fields = List.copyOf(fields);
        regions = List.copyOf(regions);
    }

    /** This draft with the digest of the very text that was accepted, and validity to the millisecond as it is kept. */
    ApplicationDraft accepting(CommitmentText text) {
        return new ApplicationDraft(
                provider,
                products,
                zones,
                fields,
                regions,
                contact,
                systemName,
                scenario,
                legalBasis,
                purpose,
                purposeText,
                additionalAgreement,
                technicalRequest,
                validFrom.map(from -> from.truncatedTo(ChronoUnit.MILLIS)),
                validUntil.map(until -> until.truncatedTo(ChronoUnit.MILLIS)),
                quotas,
                new Commitment(commitment.acceptance(), text.digest(), commitment.responsiblePerson()));
    }
}
