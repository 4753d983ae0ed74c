package org.datareturn.sandbox.cli;

import java.util.StringJoiner;
import org.datareturn.proto.v1.Template;
import org.datareturn.proto.v1.TemplateAssessment;
import org.datareturn.proto.v1.TemplateParameter;
import org.datareturn.proto.v1.TemplateRehearsal;
import org.datareturn.proto.v1.TemplateStep;

/** A template as people read it. */
final class TemplateText {
    private TemplateText() {}

    static String of(Template template) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(template.getId() + "  " + template.getStatus().name().replace("TEMPLATE_STATUS_", "") + "  version "
                + template.getVersion() + "  " + template.getZone() + "  " + template.getTitle());
        text.add("  submitted by 提交 " + template.getOrganisation() + "/" + template.getSubmittedBy());
        template.getSql().lines().forEach(line -> text.add("    " + line));
        template.getParametersList().forEach(parameter -> text.add("  :" + parameter(parameter)));
        assessment(text, template.getAssessment());
        for (TemplateStep step : template.getStepsList()) {
            text.add("  " + step.getKind() + " " + step.getOrganisation() + "/" + step.getOperator()
                    + (step.getReasons().isEmpty() ? "" : "：" + step.getReasons()));
        }
        return text.toString();
    }

    private static String parameter(TemplateParameter parameter) {
        String domain = parameter.getValuesCount() > 0
                ? String.join("|", parameter.getValuesList())
                : parameter.getRange(0) + ".." + parameter.getRange(1)
                        + (parameter.getRangeCount() > 2 ? "/" + parameter.getRange(2) : "");
        return parameter.getName() + " " + parameter.getType() + " " + domain;
    }

    private static void assessment(StringJoiner text, TemplateAssessment found) {
        text.add("  assessed 评估 " + found.getTried() + " of " + found.getBindings() + " bindings"
                + (found.getExhaustive() ? " (all 全部)" : " (a part; the others are judged when run 其余在执行时判定)")
                + (found.getRehearsed() ? "" : ", by rules alone 仅按规则，未读数据"));
        if (!found.getEpsilonPerRun().isEmpty()) {
            text.add("  cost 开销 epsilon " + found.getEpsilonPerRun() + " a run, " + found.getBudgetRuns()
                    + " runs a budget");
        }
        if (found.hasRehearsal()) {
            TemplateRehearsal rehearsal = found.getRehearsal();
            text.add("  rehearsed 预演 answered " + rehearsal.getAnswered() + ", groups withheld at most "
                    + rehearsal.getGroupsWithheld() + ", persons behind an answer ≥ " + rehearsal.getTouchedFewest()
                    + " to ≥ " + rehearsal.getTouchedMost() + ", behind the smallest group ≥ "
                    + rehearsal.getSmallestGroup());
            rehearsal
                    .getFindingsList()
                    .forEach(finding -> text.add("    " + finding.getReason() + " × " + finding.getBindings()));
        }
    }
}
