package org.datareturn.sandbox.cli;

import java.util.StringJoiner;
import org.datareturn.proto.v1.BandSize;
import org.datareturn.proto.v1.Model;
import org.datareturn.proto.v1.ModelStep;

/** A model as people read it. */
final class ModelText {
    private ModelText() {}

    static String of(Model model) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(model.getName() + "  version " + model.getVersion() + "  "
                + model.getStatus().name().replace("MODEL_STATUS_", ""));
        text.add("  registered by 登记 " + model.getOrganisation() + "/" + model.getRegisteredBy());
        text.add("  declaration 声明 sha256 " + model.getDeclarationSha256());
        text.add("  file 文件 sha256 " + model.getFileSha256());
        if (model.hasAssessment()) {
            text.add("  assessed 评估 " + model.getAssessment().getEdition());
            for (BandSize band : model.getAssessment().getBandsList()) {
                text.add("    " + band.getLabel() + "  "
                        + (band.getPersonsAtLeast() == 0 ? "nobody 无人" : "≥ " + band.getPersonsAtLeast()));
            }
        }
        for (ModelStep step : model.getStepsList()) {
            text.add("  " + step.getStatus().name().replace("MODEL_STATUS_", "") + " " + step.getOrganisation() + "/"
                    + step.getOperator() + "：" + step.getReasons());
        }
        model.getDeclaration().lines().forEach(line -> text.add("    " + line));
        return text.toString();
    }
}
