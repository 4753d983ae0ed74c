package org.datareturn.sandbox.catalogue;

import org.datareturn.policy.ReasonCode;

/** Why something cannot be listed in the catalogue. */
public enum CatalogueReason implements ReasonCode {
    /** No organisation can have that code. */
    ORGANISATION_CODE_MALFORMED(
            Kind.INVALID,
            "{0} 不是有效的统一社会信用代码（GB 32100），请核对",
            "{0} is no unified social credit code (GB 32100); look at it again"),
    /** Provider or reviewing authority is unknown to the node. */
    ORGANISATION_NOT_REGISTERED(
            Kind.INVALID,
            "单位 {0} 未在本节点备案，不能提供或审核 {1}",
            "The organisation {0} is not registered, so it can neither provide nor review {1}"),
    /** Base libraries are reviewed by data authorities, other data by the authority of the trade (SD-3 §6.2). */
    CONTENT_AUTHORITY_UNFIT(
            Kind.INVALID,
            "单位 {0} 不能审核 {1}：基础库由数据主管部门审核，其他由行业主管部门审核（须为 {2}，实为 {3}）",
            "The organisation {0} cannot review {1}: base libraries are reviewed by a data authority, others by the industry''s"
                    + " (it must be of kind {2}, and is a {3})");

    private final Kind kind;
    private final String zh;
    private final String en;

    CatalogueReason(Kind kind, String zh, String en) {
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
