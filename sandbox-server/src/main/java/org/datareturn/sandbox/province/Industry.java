package org.datareturn.sandbox.province;

/** An enterprise's industry. */
public enum Industry {
    /** 农业科技. */
    AGRICULTURE("农业科技"),
    /** 机械制造. */
    MANUFACTURING("机械制造"),
    /** 建筑工程. */
    CONSTRUCTION("建筑工程"),
    /** 商贸. */
    TRADE("商贸"),
    /** 物流. */
    LOGISTICS("物流"),
    /** 餐饮管理. */
    CATERING("餐饮管理"),
    /** 信息技术. */
    INFORMATION("信息技术"),
    /** 医药. */
    HEALTH("医药");

    private final String label;

    Industry(String label) {
        this.label = label;
    }

    /** The Chinese label. */
    public String label() {
        return label;
    }
}
