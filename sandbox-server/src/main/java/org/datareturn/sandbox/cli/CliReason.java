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
    OPTIONS_CONTRADICT(Kind.INVALID, "参数有误：{1}（用法见 --help）", "The options cannot be used like this: {0} (see --help)"),
    /** What a file or an option holds cannot be taken; only one language says why. */
    INPUT_UNUSABLE(Kind.INVALID, "输入内容不能使用，原因见上一行英文，请改正后重试", "The input cannot be used: {0}"),
    /** A field the product does not have. */
    FIELD_UNKNOWN(Kind.INVALID, "核验产品 {0} 没有字段 {1}，可用字段：{2}", "The product {0} has no field {1}; its fields are {2}"),
    /** An operator without an identity in the folder. */
    NO_SUCH_IDENTITY(Kind.INVALID, "没有操作员 {0} 的身份，现有：{1}", "There is no identity of an operator {0}; there are {1}"),
    /** A value of the form NAME=FILE was expected. */
    NOT_NAME_EQUALS_FILE(Kind.INVALID, "应为 名称=文件，实际为 {0}", "Expected NAME=FILE, was {0}"),
    /** A registry was not loaded because of what its source holds. */
    REGISTRY_SOURCE_REFUSED(
            Kind.INVALID, "登记库 {0} 未更新：有 {1} 行不能使用", "The registry of {0} was not changed: {1} rows cannot be used"),
    /** A load broke off. */
    REGISTRY_LOAD_BROKEN_OFF(
            Kind.UNAVAILABLE, "装载中断：{1}。重新运行同一命令即可继续", "The load broke off: {0}. Run the same command again to go on"),
    /** A node that serves did not take an edition over. */
    REGISTRY_EDITION_REFUSED(
            Kind.PRECONDITION,
            "正在运行的节点未采用新版本，原版本继续作答，原因：{0}，{2}",
            "The serving node did not take the new edition over, the one before goes on answering: {0}: {1}"),
    /** A node that serves has not taken an edition over yet. */
    REGISTRY_EDITION_WAITS(
            Kind.UNAVAILABLE,
            "新版本已就绪，但节点尚未接管；节点恢复运行或下次启动时会自动采用，无需重新装载",
            "The new edition is ready and not yet taken over; the node takes it when it runs again, nothing need be loaded"
                    + " anew"),
    /** The table could not be traced to anybody. */
    NOT_TRACED(Kind.NOT_FOUND, "无法溯源：{1}", "Not traced: {0}"),
    /** A list without the product's columns. */
    LIST_HEADER(Kind.INVALID, "表头应恰含产品的各字段一次：{0}", "The header must name each of the product''s fields once: {0}"),
    /** A list that is no CSV in UTF-8. */
    LIST_NOT_CSV(Kind.INVALID, "{0} 不是 UTF-8 编码的 CSV 文件", "{0} cannot be read as CSV in UTF-8"),
    /** A row of a list with another number of values than the header. */
    LIST_ROW_SHAPE(Kind.INVALID, "该行的字段数与表头不同", "the row has another number of values than the header"),
    /** Answers that were begun for something else. */
    ANSWERS_OF_ANOTHER_LIST(
            Kind.PRECONDITION,
            "{0} 是另一份名单（或另一授权）的答复，请换一个输出文件",
            "{0} holds the answers to another list, or under another grant; choose another file"),
    /** A receipt that does not speak of the rows it came with. */
    RECEIPT_OF_OTHER_ROWS(
            Kind.INTERNAL, "回执与所附各行不符（追踪号 {0}），已停止", "A receipt does not fit its rows (trace {0}); stopped"),
    /** One of a batch's receipts. */
    RECEIPT_LINE_REFUSED(Kind.PRECONDITION, "第 {0} 行的回执未通过核验（{1}）", "The receipt in line {0} does not hold ({1})"),
    /** The node's own refusal. */
    NODE_REFUSED(Kind.PRECONDITION, "节点拒绝：{0}，{2}", "The node refused: {0}: {1}"),
    /** The node cannot be reached, or the connection broke. */
    LIST_BROKEN_OFF(
            Kind.UNAVAILABLE,
            "节点无法连接或连接中断（{0}）。请确认 serve 正在该地址运行，再重新运行同一命令即可继续",
            "The node cannot be reached ({0}); is `serve` running there? Run the same command again to go on"),
    /** A node that does not answer. */
    NODE_UNREACHABLE(
            Kind.UNAVAILABLE,
            "无法连接节点 {0}（{1}），请确认 serve 正在运行、地址与身份正确",
            "The node {0} does not answer ({1}); is `serve` running there, and are address and identity right?"),
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
