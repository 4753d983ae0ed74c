package org.datareturn.sandbox.province;

/** Kinds of benefit a person may draw. */
public enum BenefitKind {
    /** 最低生活保障. */
    SUBSISTENCE("最低生活保障"),
    /** 高龄津贴, from 80. */
    OLD_AGE("高龄津贴"),
    /** 失业保险金. */
    UNEMPLOYMENT("失业保险金"),
    /** 医疗救助. */
    MEDICAL("医疗救助"),
    /** 教育资助. */
    EDUCATION("教育资助"),
    /** 生育津贴. */
    MATERNITY("生育津贴"),
    /** 残疾人补贴. */
    DISABILITY("残疾人补贴");

    private final String label;

    BenefitKind(String label) {
        this.label = label;
    }

    /** The Chinese label in zone tables. */
    public String label() {
        return label;
    }
}
