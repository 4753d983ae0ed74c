package org.datareturn.sandbox.grant;

import org.datareturn.policy.ReasonCode;

/** Why a grant cannot be read or changed; why it cannot be <em>used</em> is the policy's to say. */
public enum GrantReason implements ReasonCode {
    /** No grant of that name, or none that concerns this caller. */
    GRANT_NOT_FOUND(Kind.NOT_FOUND, "没有编号为 {0} 的数据使用授权", "There is no grant {0}"),
    /** The caller may not change it. */
    GRANT_CHANGE_NOT_ALLOWED(
            Kind.DENIED,
            "只有主管部门的安全管理员可以变更本地区的数据使用授权，且不得恢复本单位的授权",
            "Only a security officer of an authority responsible for the region may change a grant, and none resumes"
                    + " their own organisation''s"),
    /** Its state forbids the change. */
    GRANT_CHANGE_IMPOSSIBLE(
            Kind.PRECONDITION, "数据使用授权 {0} 处于 {1} 状态，不能变更为 {2}", "Grant {0} is {1} and cannot become {2}"),
    /** A change must say why. */
    GRANT_CHANGE_NEEDS_REASON(Kind.INVALID, "变更数据使用授权必须说明理由", "A change of a grant must state its reason");

    private final Kind kind;
    private final String zh;
    private final String en;

    GrantReason(Kind kind, String zh, String en) {
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
