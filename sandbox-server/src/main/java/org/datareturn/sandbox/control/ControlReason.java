package org.datareturn.sandbox.control;

import org.datareturn.policy.ReasonCode;

/** Reasons of the control data's own troubles. */
public enum ControlReason implements ReasonCode {
    /** The control database cannot answer, so nothing can be decided. */
    CONTROL_STORE_UNAVAILABLE(
            Kind.UNAVAILABLE,
            "管理数据库暂不可用，请求已被拒绝，请稍后重试",
            "The control database cannot answer, so the call is refused; try again later"),
    /** Somebody else changed the same thing first. */
    CHANGED_MEANWHILE(
            Kind.PRECONDITION,
            "{0} 已被他人更改，请重新读取后再操作",
            "{0} was changed by somebody else meanwhile; read it again before you go on");

    private final Kind kind;
    private final String zh;
    private final String en;

    ControlReason(Kind kind, String zh, String en) {
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
