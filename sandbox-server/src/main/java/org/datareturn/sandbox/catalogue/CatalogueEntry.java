package org.datareturn.sandbox.catalogue;

/**
 * A resource as the catalogue holds it.
 *
 * @param resource the resource
 * @param version 1 when first registered, one more with every change
 */
public record CatalogueEntry(Resource resource, int version) {}
