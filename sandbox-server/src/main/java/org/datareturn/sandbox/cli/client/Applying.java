package org.datareturn.sandbox.cli.client;

import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.datareturn.proto.v1.Application;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.ReviewRequest;
import org.datareturn.proto.v1.SubmitApplicationRequest;
import org.datareturn.sandbox.identity.DevelopmentIdentities;

/**
 * The demo's applications, filled in as SD-3 Appendix A asks, and their reviews.
 *
 * @param resource the product or zone
 * @param fields the fields asked for
 * @param product whether it is a product, else a zone
 * @param provider credit code of the provider
 * @param contentReviewer the identity that reviews its content
 * @param scenario the one scenario
 * @param purpose the usage category
 * @param titleZh what it is, in Chinese
 * @param titleEn what it is, in English
 * @param privateItemsPerDay items of private checks a day that are asked for; 0 for none
 */
public record Applying(
        String resource,
        List<String> fields,
        Kind product,
        String provider,
        String contentReviewer,
        String scenario,
        Purpose purpose,
        String titleZh,
        String titleEn,
        long privateItemsPerDay) {
    /** What is applied for. */
    public enum Kind {
        /** A verification product. */
        PRODUCT,
        /** A data zone. */
        ZONE
    }

    private static final Duration VALIDITY = Duration.ofDays(180);

    /** Identity checks for marriage registration: a base-library resource, reviewed by the upper data authority. */
    public static final Applying IDENTITY_CHECK = new Applying(
            "identity-check",
            List.of("id_number", "name"),
            Kind.PRODUCT,
            DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
            "province-content-reviewer",
            "民政办理婚姻登记事项当事人身份信息核验",
            Purpose.PURPOSE_ADMINISTRATIVE_BASIS,
            "身份核验",
            "identity checks",
            0);

    /** Checks of a marriage between two persons: reviewed by the upper industry authority. */
    public static final Applying MARRIAGE_CHECK = new Applying(
            "marriage-check",
            List.of("id_number", "name", "spouse_id_number", "spouse_name"),
            Kind.PRODUCT,
            DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
            "industry-content-reviewer",
            "社会救助申请家庭婚姻状况核验",
            Purpose.PURPOSE_ADMINISTRATIVE_BASIS,
            "双方婚姻状况核验",
            "marriage checks",
            1_000);

    /** The livelihood zone for planning subsidies: reviewed by the upper industry authority. */
    public static final Applying LIVELIHOOD_ZONE = new Applying(
            "livelihood",
            List.of(
                    "person.person_id",
                    "person.county",
                    "person.sex",
                    "person.age",
                    "person.education",
                    "person.occupation",
                    "person.income_yuan",
                    "person.insured",
                    "benefit.person_id",
                    "benefit.kind",
                    "benefit.year",
                    "benefit.amount_yuan"),
            Kind.ZONE,
            DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
            "industry-content-reviewer",
            "困难群众救助资金测算",
            Purpose.PURPOSE_WORK_REFERENCE,
            "民生数据专区",
            "the livelihood data zone",
            0);

    public Applying {
        fields = List.copyOf(fields);
    }

    /** The same with so many items of private checks a day. */
    public Applying withPrivateItems(long aDay) {
        return new Applying(
                resource, fields, product, provider, contentReviewer, scenario, purpose, titleZh, titleEn, aDay);
    }

    /** Files the application. */
    public Application file(NodeClient applicant) {
        Instant now = Clock.systemUTC().instant();
        Application.Builder application = Application.newBuilder()
                .setProviderOrganisation(provider)
                .addAllFields(fields)
                .addRegions("370800")
                .setContactName("王申请")
                .setContactPhone("0537-0000000")
                .setContactEmail("demo@example.org")
                .setSystemName("婚姻登记与社会救助业务系统（演示）")
                .setScenario(scenario)
                .setLegalBasis("《婚姻登记条例》《社会救助暂行办法》")
                .setPurpose(purpose)
                .setSecurityOfficer("李安全")
                .setCommitmentAccepted(true)
                .setPrivateItemsPerDay(privateItemsPerDay)
                .setValidFrom(timestamp(now))
                .setValidUntil(timestamp(now.plus(VALIDITY)));
        switch (product) {
            case PRODUCT -> application.addProducts(resource);
            case ZONE -> application.addZones(resource);
        }
        return applicant
                .applications()
                .submit(SubmitApplicationRequest.newBuilder()
                        .setApplication(application)
                        .build())
                .getApplication();
    }

    /** Approves an application's form. */
    public static Application reviewForm(NodeClient reviewer, String application) {
        return reviewer.applications().reviewForm(approval(application)).getApplication();
    }

    /** Approves an application's content. */
    public static Application reviewContent(NodeClient reviewer, String application) {
        return reviewer.applications().reviewContent(approval(application)).getApplication();
    }

    private static ReviewRequest approval(String application) {
        return ReviewRequest.newBuilder()
                .setApplicationId(application)
                .setApprove(true)
                .setReasons("材料完整，场景明确（演示）")
                .build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }
}
