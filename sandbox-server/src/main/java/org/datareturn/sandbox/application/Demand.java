package org.datareturn.sandbox.application;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.CatalogueEntry;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;

/** What an application asks for, held against the catalogue as it is now. */
final class Demand {
    /** What came of it. */
    sealed interface Checked {
        /**
         * Everything asked for is there.
         *
         * @param contentAuthority the one authority that reviews its content
         */
        record Fits(String contentAuthority) implements Checked {}

        /**
         * Something is not.
         *
         * @param refusals why
         */
        record Unfit(List<Refusal> refusals) implements Checked {}
    }

    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final ApplicationDraft draft;

    private Demand(ApplicationDraft draft) {
        this.draft = draft;
    }

    static Checked check(ApplicationDraft draft, ResourceCatalogue catalogue) {
        Demand demand = new Demand(draft);
        draft.products().forEach(name -> demand.resource(catalogue, Resource.Kind.PRODUCT, name));
        draft.zones().forEach(name -> demand.resource(catalogue, Resource.Kind.ZONE, name));
        demand.fields();
        Set<String> authorities =
                demand.resources.stream().map(Resource::contentAuthority).collect(Collectors.toSet());
        if (authorities.size() > 1) {
            demand.refusals.add(Refusal.of(ApplicationReason.CONTENT_AUTHORITIES_DIFFER));
        }
        return demand.refusals.isEmpty()
                ? new Checked.Fits(authorities.iterator().next())
                : new Checked.Unfit(List.copyOf(demand.refusals));
    }

    private void resource(ResourceCatalogue catalogue, Resource.Kind kind, String name) {
        Optional<Resource> found = catalogue.find(kind, name).map(CatalogueEntry::resource);
        if (found.isEmpty()) {
            refusals.add(Refusal.of(ApplicationReason.RESOURCE_NOT_IN_CATALOGUE, name));
            return;
        }
        if (!found.get().provider().equals(draft.provider())) {
            refusals.add(Refusal.of(
                    ApplicationReason.RESOURCE_OF_OTHER_PROVIDER,
                    name,
                    found.get().provider()));
            return;
        }
        Resource resource = found.get();
        if (resource.sharing() == Resource.Sharing.NOT_SHARED) {
            refusals.add(Refusal.of(ApplicationReason.RESOURCE_NOT_SHARED, name, resource.sharingBasis()));
        }
        resources.add(resource);
    }

    private void fields() {
        Set<String> known = new HashSet<>();
        for (Resource resource : resources) {
            known.addAll(resource.fieldNames());
            Set<String> missing = new TreeSet<>(resource.fieldNames());
            missing.removeAll(draft.fields());
            if (missing.size() == resource.fieldNames().size()) {
                refusals.add(Refusal.of(ApplicationReason.RESOURCE_WITHOUT_FIELD, resource.name()));
            } else if (resource.kind() == Resource.Kind.PRODUCT && !missing.isEmpty()) {
                // Of a zone some columns may be asked for; a product asks for all of its fields each time.
                refusals.add(Refusal.of(
                        ApplicationReason.PRODUCT_FIELDS_MISSING, resource.name(), String.join(", ", missing)));
            }
        }
        draft.fields().stream()
                .filter(field -> !known.contains(field))
                .forEach(field -> refusals.add(Refusal.of(ApplicationReason.FIELD_NOT_IN_CATALOGUE, field)));
    }
}
