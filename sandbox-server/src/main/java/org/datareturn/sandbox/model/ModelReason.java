package org.datareturn.sandbox.model;

import org.datareturn.policy.ReasonCode;

/** Why a model cannot be registered, reviewed or used. */
public enum ModelReason implements ReasonCode {
    /** No such model and version. */
    MODEL_NOT_REGISTERED(Kind.NOT_FOUND, "没有登记名为 {0}、版本为 {1} 的模型", "No model {0} of version {1} is registered"),
    /** That version is taken; what was registered stays what it is. */
    MODEL_VERSION_TAKEN(
            Kind.PRECONDITION,
            "模型 {0} 的版本 {1} 已登记，如有改动请使用新的版本号",
            "Version {1} of the model {0} is registered already; a changed model takes a new version"),
    /** The caller's role does not allow it. */
    MODEL_ROLE_NEEDED(Kind.DENIED, "此操作需要角色 {0}", "This needs the role {0}"),
    /** Nobody reviews their own model. */
    MODEL_REVIEW_OF_OWN(Kind.DENIED, "不得审核本单位登记的模型", "Nobody reviews a model their own organisation registered"),
    /** Only an authority reviews. */
    MODEL_REVIEW_NOT_AUTHORITY(Kind.DENIED, "只有主管部门的审核人员可以审核模型", "Only reviewers of an authority may review a model"),
    /** Its state forbids the change. */
    MODEL_STEP_IMPOSSIBLE(
            Kind.PRECONDITION, "模型 {0} 处于 {1} 状态，不能变更为 {2}", "The model {0} is {1} and cannot become {2}"),
    /** A verdict must say why. */
    MODEL_VERDICT_NEEDS_REASON(Kind.INVALID, "审核或停用模型必须说明理由", "A verdict on a model must state its reason"),
    /** What was assessed is not what would be approved. */
    MODEL_NOT_THE_ASSESSED(
            Kind.PRECONDITION,
            "所审核的模型 {0} 与通过评估的不是同一个文件或声明",
            "What is reviewed is not the file and declaration of {0} that passed its assessment"),
    /** The declaration cannot be accepted. */
    MODEL_DECLARATION(
            Kind.INVALID,
            "模型声明有 {0} 处不符合要求（./sandbox model try 可一次列全），首处为",
            "The declaration of the model has {0} faults (./sandbox model try lists them all), the first of them"),
    /** Declaration and file are larger than a node takes. */
    MODEL_TOO_LARGE(Kind.INVALID, "声明与模型文件合计超过 {0} 字节", "Declaration and file are larger than {0} bytes together"),
    /** A product, or another organisation's model, bears the name. */
    MODEL_NAME_TAKEN(
            Kind.PRECONDITION, "名称 {0} 已被其他产品或其他单位的模型使用", "The name {0} is a product''s or another organisation''s"),
    /** No such feature table on this node. */
    MODEL_TABLE_UNKNOWN(Kind.PRECONDITION, "本节点没有特征表 {0}", "This node has no feature table {0}"),
    /** Only who provides the data learns what an assessment finds in them. */
    MODEL_TABLE_NOT_YOURS(
            Kind.DENIED,
            "只有特征表 {0} 的提供单位可以登记使用它的模型",
            "Only the organisation that provides the feature table {0} registers models on it"),
    /** Another authority reviews the content of its data. */
    MODEL_REVIEW_NOT_COMPETENT(
            Kind.DENIED, "模型 {0} 所用数据由其他主管部门审核", "The data of the model {0} are another authority''s to review"),
    /** It was approved once, and file, declaration or policy are others now. */
    MODEL_CHANGED(
            Kind.PRECONDITION,
            "模型 {0} 的文件、声明或策略在批准后已变化，须重新审核",
            "File, declaration or policy changed since the model {0} was approved; it must be reviewed again");

    private final Kind kind;
    private final String zh;
    private final String en;

    ModelReason(Kind kind, String zh, String en) {
        this.kind = kind;
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String zh() {
        return zh;
    }

    @Override
    public String en() {
        return en;
    }
}
