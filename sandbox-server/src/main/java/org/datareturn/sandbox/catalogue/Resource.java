package org.datareturn.sandbox.catalogue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource of the catalogue (requirement C1).
 *
 * @param name the product's or zone's name, {@code [a-z0-9-]+}
 * @param kind what it is
 * @param titleZh title in Chinese
 * @param titleEn title in English
 * @param provider credit code of the providing organisation (数源部门)
 * @param library whether it belongs to a base library: that decides who reviews its content (SD-3 §6.2)
 * @param contentAuthority credit code of the authority that reviews the content of applications
 * @param sharing sharing attribute
 * @param sharingBasis legal basis of the attribute; required when the resource is not shared
 * @param grade grade of its most sensitive field
 * @param fields what can be asked for: {@code table.column} of a zone, request fields of a product
 */
public record Resource(
        String name,
        Kind kind,
        String titleZh,
        String titleEn,
        String provider,
        Library library,
        String contentAuthority,
        Sharing sharing,
        String sharingBasis,
        Grade grade,
        List<Field> fields) {

    /** What a resource is. */
    public enum Kind {
        /** A verification product (核验). */
        PRODUCT,
        /** A data zone (数据专区). */
        ZONE
    }

    /** Whether a resource belongs to a base library (基础信息资源库). */
    public enum Library {
        /** It does: the upper data authority reviews. */
        BASE,
        /** It does not: the upper industry authority reviews. */
        OTHER
    }

    /** Sharing attribute (共享属性, YZ 18). */
    public enum Sharing {
        /** 无条件共享. */
        UNCONDITIONAL,
        /** 有条件共享. */
        CONDITIONAL,
        /** 不予共享; needs a legal basis and cannot be applied for. */
        NOT_SHARED
    }

    /** Data grade (数据分级), least sensitive first. */
    public enum Grade {
        /** 一级: open to the public without harm. */
        LEVEL_1,
        /** 二级: within public bodies. */
        LEVEL_2,
        /** 三级: sensitive. */
        LEVEL_3,
        /** 四级: gravely sensitive. */
        LEVEL_4
    }

    /**
     * A field that can be asked for.
     *
     * @param name its name
     * @param titleZh its title in Chinese
     */
    public record Field(String name, String titleZh) {
        /**
         * @throws IllegalArgumentException when the name is blank
         */
        public Field {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a field has a name");
            }
        }
    }

    /**
     * @throws IllegalArgumentException when the name is malformed, a field is named twice or there is none, or a
     *     resource is not shared without saying on what basis
     */
    public Resource {
        fields = List.copyOf(fields);
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("a resource's name is [a-z0-9-]+, was " + name);
        }
        if (fields.isEmpty() || fields.stream().map(Field::name).distinct().count() != fields.size()) {
            throw new IllegalArgumentException("resource " + name + " must name each of its fields once");
        }
        if (sharing == Sharing.NOT_SHARED && sharingBasis.isBlank()) {
            throw new IllegalArgumentException("resource " + name + " is not shared and must say on what basis");
        }
    }

    /** The names of its fields. */
    public Set<String> fieldNames() {
        return fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    }
}
