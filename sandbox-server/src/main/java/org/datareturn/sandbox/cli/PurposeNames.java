package org.datareturn.sandbox.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.Purpose;

/** Purposes as they are written on the command line: without the contract's prefix. */
final class PurposeNames {
    private static final String PREFIX = "PURPOSE_";

    private PurposeNames() {}

    /** The purpose on the wire; empty when there is none of that name. */
    static Optional<Purpose> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return all().stream()
                .filter(known -> known.name().equals(PREFIX + upper))
                .findFirst();
    }

    /** The refusal of a purpose there is none of: says which there are. */
    static Refusal unknown(String name) {
        String known = String.join(
                ", ",
                all().stream().map(one -> one.name().substring(PREFIX.length())).toList());
        return Refusal.of(
                CliReason.OPTIONS_CONTRADICT,
                "--purpose " + name + " is none of " + known,
                "--purpose " + name + " 不在可用用途之列：" + known);
    }

    private static List<Purpose> all() {
        List<Purpose> all = new ArrayList<>(List.of(Purpose.values()));
        all.remove(Purpose.PURPOSE_UNSPECIFIED);
        all.remove(Purpose.UNRECOGNIZED);
        return all;
    }
}
