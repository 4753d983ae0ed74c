package org.datareturn.sandbox.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An administrative division (行政区划, GB/T 2260): six digits, two each for province, city and county; trailing zero
 * pairs make the higher levels.
 *
 * @param code six digits, e.g. {@code 370812}
 */
public record Region(String code) {
    /** The level of a division; lower ordinal is higher up. */
    public enum Level {
        /** 省级. */
        PROVINCE,
        /** 市级. */
        CITY,
        /** 县级. */
        COUNTY
    }

    /**
     * @throws IllegalArgumentException when the code is not six digits of that form
     */
    public Region {
        if (!isValid(code)) {
            throw new IllegalArgumentException("not an administrative division (GB/T 2260): " + code);
        }
    }

    /** Whether a text has the form of a division's code. */
    public static boolean isValid(String text) {
        return text.matches("[1-9][0-9](0000|(0[1-9]|[1-9][0-9])(00|0[1-9]|[1-9][0-9]))");
    }

    /** The division's level. */
    public Level level() {
        if (code.endsWith("0000")) {
            return Level.PROVINCE;
        }
        return code.endsWith("00") ? Level.CITY : Level.COUNTY;
    }

    /** The division above; empty for a province. */
    public Optional<Region> parent() {
        return switch (level()) {
            case COUNTY -> Optional.of(new Region(code.substring(0, 4) + "00"));
            case CITY -> Optional.of(new Region(code.substring(0, 2) + "0000"));
            case PROVINCE -> Optional.empty();
        };
    }

    /** This division, then what lies above it, nearest first. */
    public List<Region> upwards() {
        return parent().map(above -> join(this, above.upwards())).orElse(List.of(this));
    }

    /** Whether another division is this one or lies within it. */
    public boolean covers(Region other) {
        return other.upwards().contains(this);
    }

    private static List<Region> join(Region first, List<Region> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }
}
