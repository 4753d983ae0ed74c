package org.datareturn.sandbox.cli;

import org.datareturn.policy.ReasonCode;

/** Reasons of the command line. */
public enum CliReason implements ReasonCode {
    /** A file that was named does not exist. */
    FILE_MISSING(Kind.INVALID, "文件不存在：{0}", "There is no file {0}"),
    /** A file cannot be read. */
    FILE_UNREADABLE(Kind.INVALID, "无法读取文件：{0}", "The file {0} cannot be read"),
    /** A verifier key that is none. */
    KEY_MALFORMED(
            Kind.INVALID,
            "验证密钥格式应为 名称+编号+密钥（见服务启动时打印的 verifier key）",
            "A verifier key is name+id+key, as the server prints it at start, or a file that holds it"),
    /** A data folder that holds no node. */
    NOT_A_NODE(
            Kind.INVALID,
            "{0} 不是节点的数据目录（可用 ./sandbox serve --data 目录 新建）",
            "{0} is not a node''s data folder; ./sandbox serve --data DIR makes one"),
    /** Options that contradict each other. */
    OPTIONS_CONTRADICT(Kind.INVALID, "参数有误：{0}", "The options do not fit together: {0}"),
    /** A value of the form NAME=FILE was expected. */
    NOT_NAME_EQUALS_FILE(Kind.INVALID, "应为 名称=文件，实际为 {0}", "Expected NAME=FILE, was {0}"),
    /** The table could not be traced to anybody. */
    NOT_TRACED(Kind.NOT_FOUND, "无法溯源：{0}", "Not traced: {0}"),
    /** A demo step did not come out as it must. */
    DEMO_STEP_FAILED(Kind.INTERNAL, "演示步骤未通过：{0}", "A step of the demo did not hold: {0}"),
    /** The server did not come up. */
    SERVER_NOT_READY(Kind.UNAVAILABLE, "服务未能启动：{0}", "The server did not come up: {0}");

    private final Kind kind;
    private final String zh;
    private final String en;

    CliReason(Kind kind, String zh, String en) {
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
