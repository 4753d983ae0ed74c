package org.datareturn.verifier;

import java.time.LocalDate;
import org.datareturn.verifier.product.Text;

/**
 * Where an answer comes from (SD-O 17, YZ 34).
 *
 * @param provider who provides the data, as the product declares
 * @param source the provider's reference for the extract
 * @param acquiredOn the day the extract was acquired
 * @param edition the registry's edition, such as {@code population/3}
 */
public record SourceAttribution(Text provider, String source, LocalDate acquiredOn, String edition) {}
