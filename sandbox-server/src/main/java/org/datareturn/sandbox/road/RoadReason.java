package org.datareturn.sandbox.road;

import org.datareturn.policy.ReasonCode;

/** Reasons of the road itself. */
public enum RoadReason implements ReasonCode {
    /** A fault of the node. */
    INTERNAL_FAULT(
            Kind.INTERNAL,
            "节点内部故障，请求已被拒绝并留痕，请将追踪号告知管理员",
            "A fault of the node; the call was refused and recorded, tell its administrator the trace id"),
    /** Nothing of that name that the caller may see. */
    NOTHING_FOUND(Kind.NOT_FOUND, "没有您可见的 {0}", "There is no {0} that you may see"),
    /** A field that must be set is not. */
    REQUEST_FIELD_MISSING(Kind.INVALID, "缺少必填项 {0}", "The field {0} is required"),
    /** Nothing says that a request was not sent before. */
    REQUEST_NOT_STAMPED(
            Kind.INVALID,
            "请求须带随机数（nonce，16 至 64 个字母、数字或 . _ -）与请求时间（requested_at）",
            "A request bears a nonce (16 to 64 letters, digits or . _ -) and the time it was sent (requested_at)"),
    /** A field holds something it cannot. */
    FIELD_MALFORMED(Kind.INVALID, "字段 {0} 的内容无效", "The field {0} is malformed"),
    /** A zone the node does not serve. */
    ZONE_UNKNOWN(Kind.NOT_FOUND, "本节点没有名为 {0} 的数据专区", "This node serves no data zone named {0}"),
    /** A policy allowed without demanding what must be demanded. */
    OBLIGATION_MISSING(
            Kind.UNAVAILABLE,
            "策略未给出必需的义务 {0}，请求已被拒绝",
            "The policy did not demand {0}, without which nothing may leave; the call is refused"),
    /** A release could not be archived, so it could never be traced. */
    RELEASE_NOT_ARCHIVED(
            Kind.UNAVAILABLE,
            "结果无法存档以备溯源，请求已被拒绝",
            "The table could not be archived, so a leak could not be traced; the call is refused"),
    /** A port is taken. */
    PORT_IN_USE(
            Kind.UNAVAILABLE,
            "端口 {0} 已被占用，请用 {1} 换一个端口，或先停止占用它的程序",
            "Port {0} is in use; choose another with {1}, or stop what holds it"),
    /** The node's own parts do not fit together at start; only one language says why. */
    START_REFUSED(Kind.PRECONDITION, "节点拒绝启动，原因见上一行英文，请处理后重新启动", "The node will not start: {0}");

    private final Kind kind;
    private final String zh;
    private final String en;

    RoadReason(Kind kind, String zh, String en) {
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
