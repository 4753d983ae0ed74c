package org.datareturn.policy;

/** Usage category of an application, the five of SD-3 Appendix A (使用范围). */
public enum Purpose {
    /** 行政依据: basis of an administrative act. */
    ADMINISTRATIVE_BASIS,
    /** 工作参考: reference for work. */
    WORK_REFERENCE,
    /** 数据校核: checking of data. */
    DATA_CHECKING,
    /** 业务协同: business across agencies. */
    BUSINESS_COORDINATION,
    /** 其他: anything else; the application must say what. */
    OTHER
}
