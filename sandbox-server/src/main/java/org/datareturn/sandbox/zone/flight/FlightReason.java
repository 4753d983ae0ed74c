package org.datareturn.sandbox.zone.flight;

import io.grpc.Status.Code;
import org.datareturn.policy.ReasonCode;

/** Why the endpoint itself refused, before or beside the road. Arguments name what the caller sent, never data. */
public enum FlightReason implements ReasonCode {
    /** A session parameter was not sent. */
    FLIGHT_PARAMETER_MISSING(
            Kind.INVALID,
            Code.INVALID_ARGUMENT,
            "连接缺少参数 {0}：请在 JDBC 地址或调用头中写明 {0}=…",
            "the connection lacks the parameter {0}: state {0}=… in the JDBC URL or as a call header"),
    /** A session parameter was sent more than once, or is too long. */
    FLIGHT_PARAMETER_INVALID(
            Kind.INVALID,
            Code.INVALID_ARGUMENT,
            "连接参数 {0} 重复或超过 {1} 个字符",
            "the connection parameter {0} was sent more than once or is longer than {1} characters"),
    /** Credentials of a kind that is not accepted. */
    FLIGHT_CREDENTIALS_UNSUPPORTED(
            Kind.UNAUTHENTICATED,
            Code.UNAUTHENTICATED,
            "只接受客户端证书或一个 Bearer 令牌（参数 token），不接受用户名和口令",
            "only a client certificate or one bearer token (parameter token) is accepted, not a user name and password"),
    /** A command this endpoint does not serve. */
    FLIGHT_COMMAND_NOT_SERVED(
            Kind.DENIED,
            Code.UNIMPLEMENTED,
            "不提供 {0}：本端点只答复只读查询和目录命令",
            "{0} is not served: this endpoint answers read-only queries and catalogue commands only"),
    /** Bytes that are not a Flight SQL command. */
    FLIGHT_COMMAND_MALFORMED(
            Kind.INVALID, Code.INVALID_ARGUMENT, "不是有效的 Flight SQL 命令", "this is not a valid Flight SQL command"),
    /** SQL text that is empty or too long. */
    FLIGHT_SQL_LENGTH(
            Kind.INVALID, Code.INVALID_ARGUMENT, "SQL 文本须为 1 至 {0} 个字符", "the SQL text must have 1 to {0} characters"),
    /** A ticket or statement handle that is unknown, expired, used or another caller's: never told apart. */
    FLIGHT_HANDLE_UNKNOWN(
            Kind.NOT_FOUND,
            Code.NOT_FOUND,
            "句柄无效：未知、已取走、已过期或不属于本连接，请重新执行",
            "the handle is not valid: unknown, already fetched, expired or not this connection''s; execute again"),
    /** A call's places without values. */
    FLIGHT_ARGUMENTS_UNBOUND(
            Kind.INVALID,
            Code.INVALID_ARGUMENT,
            "语句中的 {0} 个 ? 应各绑定一个值",
            "each of the {0} places (?) of the statement needs one value"),
    /** Too many calls at a time. */
    FLIGHT_TOO_MANY_CALLS(
            Kind.EXHAUSTED, Code.RESOURCE_EXHAUSTED, "同时进行的调用过多，请稍后再试", "too many calls at a time; try again later"),
    /** Too many answers that nobody fetched. */
    FLIGHT_TOO_MANY_ANSWERS(
            Kind.EXHAUSTED,
            Code.RESOURCE_EXHAUSTED,
            "待取的结果过多，请先取走已有结果或稍后再试",
            "too many answers wait to be fetched; fetch them or try again later"),
    /** The deadline passed. */
    FLIGHT_DEADLINE(
            Kind.UNAVAILABLE,
            Code.DEADLINE_EXCEEDED,
            "未能在时限内完成，请稍后再试",
            "not finished within the time limit; try again later"),
    /** The endpoint is being shut down. */
    FLIGHT_CLOSING(Kind.UNAVAILABLE, Code.UNAVAILABLE, "服务正在停止", "the service is shutting down"),
    /** A fault of ours; the log has more. */
    FLIGHT_FAULT(Kind.INTERNAL, Code.INTERNAL, "服务内部故障，未返回任何数据", "a fault inside the service; no data was returned");

    private final Kind kind;
    private final Code status;
    private final String zh;
    private final String en;

    FlightReason(Kind kind, Code status, String zh, String en) {
        this.kind = kind;
        this.status = status;
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

    /** The gRPC status, finer than the kind where gRPC has a finer one. */
    Code status() {
        return status;
    }
}
