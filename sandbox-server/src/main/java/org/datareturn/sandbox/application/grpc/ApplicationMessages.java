package org.datareturn.sandbox.application.grpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.datareturn.policy.GrantFacts;
import org.datareturn.proto.v1.Application;
import org.datareturn.proto.v1.ApplicationState;
import org.datareturn.proto.v1.ReviewRequest;
import org.datareturn.proto.v1.ReviewResult;
import org.datareturn.sandbox.application.ApplicationDraft;
import org.datareturn.sandbox.application.ApplicationStatus;
import org.datareturn.sandbox.application.ApplicationStep;
import org.datareturn.sandbox.application.StepTaken;
import org.datareturn.sandbox.application.Verdict;
import org.datareturn.sandbox.road.grpc.Purposes;

/** Applications between the wire and the desk. What the wire leaves out stays blank; the desk names what is missing. */
final class ApplicationMessages {
    private ApplicationMessages() {}

    static ApplicationDraft draft(Application message) {
        return new ApplicationDraft(
                message.getProviderOrganisation(),
                message.getProductsList(),
                message.getZonesList(),
                message.getFieldsList(),
                message.getRegionsList(),
                new ApplicationDraft.Contact(
                        message.getContactName(), message.getContactPhone(), message.getContactEmail()),
                message.getSystemName(),
                message.getScenario(),
                message.getLegalBasis(),
                Purposes.of(message.getPurpose()),
                message.getPurposeText(),
                message.getAdditionalAgreement(),
                message.getTechnicalRequest(),
                instant(message.hasValidFrom(), message.getValidFrom()),
                instant(message.hasValidUntil(), message.getValidUntil()),
                new GrantFacts.Quotas(
                        message.getCallsPerDay() == 0
                                ? OptionalLong.empty()
                                : OptionalLong.of(message.getCallsPerDay()),
                        message.getPrivateItemsPerDay()),
                new ApplicationDraft.Commitment(
                        message.getCommitmentAccepted()
                                ? ApplicationDraft.Acceptance.ACCEPTED
                                : ApplicationDraft.Acceptance.NOT_ACCEPTED,
                        "",
                        message.getSecurityOfficer()));
    }

    static Verdict verdict(ReviewRequest request) {
        return request.getApprove()
                ? new Verdict.Approve(request.getReasons())
                : new Verdict.Refuse(request.getReasons(), request.getLegalBasis());
    }

    static Application message(org.datareturn.sandbox.application.Application application) {
        ApplicationDraft draft = application.draft();
        Application.Builder message = Application.newBuilder()
                .setId(application.id())
                .setState(state(application.status()))
                .setProviderOrganisation(draft.provider())
                .addAllProducts(draft.products())
                .addAllZones(draft.zones())
                .addAllFields(draft.fields())
                .addAllRegions(draft.regions())
                .setOrganisation(application.applicant().code())
                .setContactName(draft.contact().name())
                .setContactPhone(draft.contact().phone())
                .setContactEmail(draft.contact().email())
                .setSystemName(draft.systemName())
                .setScenario(draft.scenario())
                .setLegalBasis(draft.legalBasis())
                .setPurposeText(draft.purposeText())
                .setAdditionalAgreement(draft.additionalAgreement())
                .setTechnicalRequest(draft.technicalRequest())
                .setSecurityOfficer(draft.commitment().responsiblePerson())
                .setCommitmentAccepted(draft.commitment().acceptance() == ApplicationDraft.Acceptance.ACCEPTED);
        draft.purpose().map(Purposes::of).ifPresent(message::setPurpose);
        draft.validFrom().map(ApplicationMessages::timestamp).ifPresent(message::setValidFrom);
        draft.validUntil().map(ApplicationMessages::timestamp).ifPresent(message::setValidUntil);
        draft.quotas().callsPerDay().ifPresent(message::setCallsPerDay);
        message.setPrivateItemsPerDay(draft.quotas().privateItemsPerDay());
        application.grantId().ifPresent(message::setGrantId);
        application.steps().stream().map(ApplicationMessages::review).forEach(message::addReviews);
        return message.build();
    }

    private static ReviewResult review(StepTaken step) {
        return ReviewResult.newBuilder()
                .setReviewer(step.by().operator())
                .setReviewerOrganisation(step.by().organisation())
                .setApproved(
                        step.step() == ApplicationStep.APPROVE_FORM || step.step() == ApplicationStep.APPROVE_CONTENT)
                .setReasons(step.reasons())
                .setLegalBasis(step.legalBasis())
                .setAt(timestamp(step.at()))
                .build();
    }

    private static ApplicationState state(ApplicationStatus status) {
        return switch (status) {
            case SUBMITTED -> ApplicationState.APPLICATION_STATE_SUBMITTED;
            case FORMALLY_APPROVED -> ApplicationState.APPLICATION_STATE_FORMALLY_APPROVED;
            case FORMALLY_REFUSED -> ApplicationState.APPLICATION_STATE_FORMALLY_REFUSED;
            case APPROVED -> ApplicationState.APPLICATION_STATE_APPROVED;
            case REFUSED -> ApplicationState.APPLICATION_STATE_REFUSED;
            case WITHDRAWN -> ApplicationState.APPLICATION_STATE_WITHDRAWN;
        };
    }

    private static Optional<Instant> instant(boolean present, Timestamp timestamp) {
        return present
                ? Optional.of(Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()))
                : Optional.empty();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
