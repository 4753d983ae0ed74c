package org.datareturn.sandbox.model.grpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.datareturn.proto.v1.BandSize;
import org.datareturn.proto.v1.Bilingual;
import org.datareturn.proto.v1.Model;
import org.datareturn.proto.v1.ModelAssessment;
import org.datareturn.proto.v1.ModelStatus;
import org.datareturn.proto.v1.ModelStep;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.ScoreResponse;
import org.datareturn.proto.v1.SourceAttribution;
import org.datareturn.sandbox.model.ModelChange;
import org.datareturn.sandbox.model.ModelView;
import org.datareturn.sandbox.model.RegisteredModel;
import org.datareturn.sandbox.road.grpc.Quotas;
import org.datareturn.verifier.model.Scored;

/** Models and bands as messages. */
final class ModelMessages {
    private ModelMessages() {}

    static Model model(ModelView view) {
        RegisteredModel model = view.model();
        Model.Builder message = Model.newBuilder()
                .setName(model.fingerprint().name())
                .setVersion(model.fingerprint().version())
                .setStatus(status(model.status()))
                .setDeclarationSha256(model.fingerprint().declarationSha256())
                .setFileSha256(model.fingerprint().fileSha256())
                .setOrganisation(model.registeredBy().organisation())
                .setRegisteredBy(model.registeredBy().operator())
                .setRegisteredAt(timestamp(model.registeredAt()));
        view.declaration().ifPresent(message::setDeclaration);
        for (ModelChange change : view.history()) {
            message.addSteps(ModelStep.newBuilder()
                    .setStatus(status(change.to()))
                    .setOrganisation(change.by().organisation())
                    .setOperator(change.by().operator())
                    .setAt(timestamp(change.at()))
                    .setReasons(change.reason()));
        }
        view.assessment().ifPresent(found -> {
            ModelAssessment.Builder assessment = ModelAssessment.newBuilder().setEdition(found.edition());
            found.bands()
                    .forEach(band -> assessment.addBands(
                            BandSize.newBuilder().setLabel(band.label()).setPersonsAtLeast(band.personsAtLeast())));
            message.setAssessment(assessment);
        });
        return message.build();
    }

    static ScoreResponse scored(Scored scored, Record record) {
        ScoreResponse.Builder message = ScoreResponse.newBuilder()
                .setBand(scored.answer())
                .setVersion(scored.model().version())
                .setSource(SourceAttribution.newBuilder()
                        .setProvider(scored.attribution().provider().zh())
                        .setAcquiredOn(scored.attribution().acquiredOn().toString()))
                .setQuotaLeft(Quotas.left(scored.left()))
                .setRecord(record);
        scored.band()
                .ifPresent(band -> message.setTitle(Bilingual.newBuilder()
                        .setZh(band.title().zh())
                        .setEn(band.title().en())));
        return message.build();
    }

    private static ModelStatus status(org.datareturn.sandbox.model.ModelStatus status) {
        return switch (status) {
            case REGISTERED -> ModelStatus.MODEL_STATUS_REGISTERED;
            case APPROVED -> ModelStatus.MODEL_STATUS_APPROVED;
            case REFUSED -> ModelStatus.MODEL_STATUS_REFUSED;
            case SUSPENDED -> ModelStatus.MODEL_STATUS_SUSPENDED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
