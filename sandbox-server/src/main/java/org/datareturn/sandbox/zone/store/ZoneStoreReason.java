package org.datareturn.sandbox.zone.store;

import org.datareturn.policy.ReasonCode;

/** Why the store of zone files refused something. */
public enum ZoneStoreReason implements ReasonCode {
    /** Argument: what was asked for. */
    ZONE_STORE_NAME_INVALID(
            Kind.INVALID,
            "名称“{0}”不合法：专区名只含小写字母、数字和连字符，表名只含小写字母、数字和下划线。",
            "The name \"{0}\" is not valid: zones use lower-case letters, digits and hyphens, tables lower-case letters,"
                    + " digits and underscores."),
    /** Argument: zone. */
    ZONE_STORE_TABLES_INVALID(
            Kind.INVALID,
            "专区 {0} 的新版次必须至少含一张表，且表名不得重复。",
            "A new edition of zone {0} must hold at least one table, and no table twice."),
    /** Arguments: zone, table. */
    ZONE_STORE_SOURCE_UNREADABLE(
            Kind.INVALID,
            "专区 {0} 的表 {1} 的来源数据读取失败，新版次未写入。",
            "The source of table {1} for zone {0} could not be read; no new edition was written."),
    /** Argument: zone. */
    ZONE_STORE_NO_EDITION(Kind.NOT_FOUND, "专区 {0} 尚未装载任何版次。", "No edition of zone {0} has been loaded yet."),
    /** Arguments: zone, table. */
    ZONE_STORE_NO_TABLE(Kind.NOT_FOUND, "专区 {0} 的当前版次中没有表 {1}。", "The edition of zone {0} holds no table {1}."),
    /** Arguments: zone, table, edition. */
    ZONE_STORE_FILE_MISSING(
            Kind.INTERNAL, "专区 {0} 第 {2} 版的表 {1} 的文件不存在。", "The file of table {1}, zone {0}, edition {2} is missing."),
    /** Arguments: zone, table, edition. */
    ZONE_STORE_FILE_DAMAGED(
            Kind.INTERNAL,
            "专区 {0} 第 {2} 版的表 {1} 的文件被改动、截断或替换，已拒绝使用。",
            "The file of table {1}, zone {0}, edition {2} has been altered, cut short or replaced; it is refused."),
    /** Arguments: zone, edition. */
    ZONE_STORE_MANIFEST_DAMAGED(
            Kind.INTERNAL,
            "专区 {0} 第 {1} 版的清单缺失、被改动或被替换，已拒绝使用。",
            "The manifest of zone {0}, edition {1} is missing, altered or replaced; the edition is refused."),
    /** Argument: zone. */
    ZONE_STORE_POINTER_DAMAGED(
            Kind.INTERNAL,
            "专区 {0} 的当前版次指针被改动或替换，已拒绝使用。",
            "The pointer to the current edition of zone {0} has been altered or replaced; the zone is refused."),
    /** Arguments: zone, edition offered, edition known. */
    ZONE_STORE_EDITION_REPLAYED(
            Kind.INTERNAL,
            "专区 {0} 的存储被回退到第 {1} 版，而第 {2} 版已启用过，已拒绝使用。",
            "The store of zone {0} was set back to edition {1} although edition {2} has been in use; it is refused."),
    /** Arguments: zone, edition. */
    ZONE_STORE_STAGED_GONE(
            Kind.PRECONDITION,
            "专区 {0} 的待启用第 {1} 版已不存在或已过时。",
            "The staged edition {1} of zone {0} is gone or out of date."),
    /** Argument: zone. */
    ZONE_STORE_BUSY(
            Kind.UNAVAILABLE,
            "专区 {0} 正在由另一进程写入，请稍后再试。",
            "Zone {0} is being written by another process; try again later."),
    /** Argument: zone. */
    ZONE_STORE_IO(Kind.UNAVAILABLE, "专区 {0} 的存储读写失败。", "Reading or writing the store of zone {0} failed.");

    private final Kind kind;
    private final String zh;
    private final String en;

    ZoneStoreReason(Kind kind, String zh, String en) {
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
