package org.datareturn.sandbox.province;

/** What a person does. */
public enum Occupation {
    /** 学龄前. */
    PRESCHOOL("学龄前"),
    /** 学生. */
    STUDENT("学生"),
    /** 农林牧渔. */
    FARMING("农林牧渔"),
    /** 制造建筑. */
    MANUFACTURING("制造建筑"),
    /** 商业服务. */
    SERVICES("商业服务"),
    /** 专业技术. */
    PROFESSIONAL("专业技术"),
    /** 机关事业. */
    PUBLIC_SERVICE("机关事业"),
    /** 企业负责人. */
    MANAGEMENT("企业负责人"),
    /** 待业. */
    UNEMPLOYED("待业"),
    /** 退休. */
    RETIRED("退休");

    private final String label;

    Occupation(String label) {
        this.label = label;
    }

    /** The Chinese label in zone tables. */
    public String label() {
        return label;
    }
}
