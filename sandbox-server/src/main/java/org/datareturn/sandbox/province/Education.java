package org.datareturn.sandbox.province;

/** Highest education reached, lowest first. */
public enum Education {
    /** 未上学. */
    NONE("未上学"),
    /** 小学. */
    PRIMARY("小学"),
    /** 初中. */
    JUNIOR_SECONDARY("初中"),
    /** 高中. */
    SENIOR_SECONDARY("高中"),
    /** 大专. */
    COLLEGE("大专"),
    /** 本科. */
    BACHELOR("本科"),
    /** 研究生. */
    GRADUATE("研究生");

    private final String label;

    Education(String label) {
        this.label = label;
    }

    /** The Chinese label in zone tables. */
    public String label() {
        return label;
    }
}
