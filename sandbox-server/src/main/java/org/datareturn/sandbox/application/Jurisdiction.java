package org.datareturn.sandbox.application;

import java.util.Optional;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Region;

/**
 * Who reviews what (SD-3 §4, §6.2).
 *
 * <p>Form: the data authority of the applicant's region, or the nearest above where the region has none; for an
 * application of that authority itself, the next one up. Content: the authority the catalogue names, which must be an
 * upper one: responsible for the applicant's region and on a higher level, or provincial, above which a node knows none.
 */
final class Jurisdiction {
    private final OperatorRegister register;

    Jurisdiction(OperatorRegister register) {
        this.register = register;
    }

    /** The authority that reviews an applicant's form, when there is one. */
    Optional<Organisation> formal(Organisation applicant) {
        Optional<Organisation> local = register.dataAuthorityFor(applicant.region());
        return local.filter(authority -> authority.code().equals(applicant.code()))
                .map(own -> applicant.region().parent().flatMap(register::dataAuthorityFor))
                .orElse(local);
    }

    /** The authority that reviews the content of an applicant's application, when it is an upper one. */
    Optional<Organisation> content(String authority, Organisation applicant) {
        return register.organisation(authority)
                .filter(upper -> upper.kind() != Organisation.Kind.AGENCY)
                .filter(upper -> !upper.code().equals(applicant.code()))
                .filter(upper -> upper.region().covers(applicant.region()))
                .filter(upper -> upper.region().level() == Region.Level.PROVINCE
                        || upper.region().level().compareTo(applicant.region().level()) < 0);
    }
}
