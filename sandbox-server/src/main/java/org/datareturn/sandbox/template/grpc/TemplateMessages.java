package org.datareturn.sandbox.template.grpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.Parameter;
import org.datareturn.proto.v1.Template;
import org.datareturn.proto.v1.TemplateAssessment;
import org.datareturn.proto.v1.TemplateFinding;
import org.datareturn.proto.v1.TemplateParameter;
import org.datareturn.proto.v1.TemplateRehearsal;
import org.datareturn.proto.v1.TemplateStatus;
import org.datareturn.sandbox.template.StoredTemplate;
import org.datareturn.sandbox.template.TemplateStep;
import org.datareturn.sandbox.template.TemplateView;

/** Templates as messages, as far as their reader may see them. */
final class TemplateMessages {
    private TemplateMessages() {}

    static Template template(TemplateView view) {
        StoredTemplate template = view.template();
        Template.Builder message = Template.newBuilder()
                .setId(template.id())
                .setVersion(template.version())
                .setStatus(status(template.status()))
                .setZone(template.zone())
                .setTitle(template.title())
                .setSql(template.template().sql())
                .setOrganisation(template.submittedBy().organisation())
                .setSubmittedBy(template.submittedBy().operator())
                .setSubmittedAt(timestamp(template.submittedAt()))
                .setAssessment(assessment(view));
        for (Parameter parameter : template.template().parameters()) {
            Parameter.Written written = parameter.written();
            message.addParameters(TemplateParameter.newBuilder()
                    .setName(written.name())
                    .setType(written.type())
                    .addAllRange(written.range())
                    .addAllValues(written.values()));
        }
        for (TemplateStep step : template.steps()) {
            message.addSteps(org.datareturn.proto.v1.TemplateStep.newBuilder()
                    .setKind(step.kind().name())
                    .setOrganisation(step.organisation())
                    .setOperator(step.operator())
                    .setAt(timestamp(step.at()))
                    .setReasons(step.reasons()));
        }
        return message.build();
    }

    private static TemplateAssessment assessment(TemplateView view) {
        Assessment found = view.template().assessment();
        TemplateAssessment.Builder message = TemplateAssessment.newBuilder()
                .setBindings(found.bindings().toString())
                .setTried(found.tried())
                .setExhaustive(found.exhaustive())
                .setRehearsed(found.depth() == Assessment.Depth.REHEARSED)
                .setSchemaDigest(view.template().basis().schemaDigest())
                .setPolicyRevision(view.template().basis().policyRevision());
        found.cost()
                .ifPresent(cost -> message.setEpsilonPerRun(cost.epsilonPerRun().toPlainString())
                        .setBudgetRuns(cost.runs()));
        boolean shown = view.sight() == TemplateView.Sight.REVIEW && found.depth() == Assessment.Depth.REHEARSED;
        return shown ? message.setRehearsal(rehearsal(found)).build() : message.build();
    }

    private static TemplateRehearsal rehearsal(Assessment found) {
        TemplateRehearsal.Builder message = TemplateRehearsal.newBuilder()
                .setAnswered(found.answered())
                .setGroupsWithheld(found.mostGroupsWithheld());
        found.findings()
                .forEach(finding -> message.addFindings(
                        TemplateFinding.newBuilder().setReason(finding.reason()).setBindings(finding.bindings())));
        found.touched()
                .ifPresent(touched -> message.setTouchedFewest(touched.fewest())
                        .setTouchedMost(touched.most())
                        .setSmallestGroup(touched.smallestGroup()));
        return message.build();
    }

    private static TemplateStatus status(org.datareturn.sandbox.template.TemplateStatus status) {
        return switch (status) {
            case ASSESSED -> TemplateStatus.TEMPLATE_STATUS_ASSESSED;
            case APPROVED -> TemplateStatus.TEMPLATE_STATUS_APPROVED;
            case REFUSED -> TemplateStatus.TEMPLATE_STATUS_REFUSED;
            case SUSPENDED -> TemplateStatus.TEMPLATE_STATUS_SUSPENDED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
