package org.datareturn.sandbox.model;

import java.time.LocalDate;
import org.datareturn.sandbox.catalogue.Resource;

/**
 * Whose a feature table is, and who reviews what is done with it.
 *
 * @param provider credit code of the providing organisation: only it registers models on the table
 * @param library whether the data belong to a base library
 * @param contentAuthority credit code of the authority that reviews models on the table and applications for them
 * @param acquiredOn when the provider's data were acquired
 */
public record FeatureOrigin(String provider, Resource.Library library, String contentAuthority, LocalDate acquiredOn) {}
