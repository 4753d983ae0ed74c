package org.datareturn.sandbox.grant.jdbc;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.policy.GrantFacts;

/** One thing a grant covers, as its row holds it. */
record GrantItem(Kind kind, String item) {
    /** What is covered. */
    enum Kind {
        PRODUCT,
        ZONE,
        FIELD,
        REGION;

        /** What a grant covers of this kind. */
        Set<String> of(GrantFacts facts) {
            return switch (this) {
                case PRODUCT -> facts.products();
                case ZONE -> facts.zones();
                case FIELD -> facts.fields();
                case REGION -> facts.regions();
            };
        }
    }

    /** The items of one kind. */
    static Set<String> of(Kind kind, List<GrantItem> items) {
        return items.stream()
                .filter(item -> item.kind() == kind)
                .map(GrantItem::item)
                .collect(Collectors.toUnmodifiableSet());
    }
}
