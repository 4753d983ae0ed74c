package org.datareturn.sandbox.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Purpose;
import org.datareturn.sandbox.application.ApplicationDraft;
import org.datareturn.sandbox.application.ApplicationDraft.Acceptance;
import org.datareturn.sandbox.application.ApplicationDraft.Commitment;
import org.datareturn.sandbox.application.ApplicationDraft.Contact;

/** Changes one thing of a draft at a time. */
public final class DraftMaker {
    private String provider;
    private List<String> products;
    private List<String> zones;
    private List<String> fields;
    private List<String> regions;
    private Contact contact;
    private String systemName;
    private String scenario;
    private String legalBasis;
    private Optional<Purpose> purpose;
    private String purposeText;
    private String additionalAgreement;
    private String technicalRequest;
    private Optional<Instant> validFrom;
    private Optional<Instant> validUntil;
    private GrantFacts.Quotas quotas;
    private Commitment commitment;

    DraftMaker(ApplicationDraft draft) {
        provider = draft.provider();
        products = draft.products();
        zones = draft.zones();
        fields = draft.fields();
        regions = draft.regions();
        contact = draft.contact();
        systemName = draft.systemName();
        scenario = draft.scenario();
        legalBasis = draft.legalBasis();
        purpose = draft.purpose();
        purposeText = draft.purposeText();
        additionalAgreement = draft.additionalAgreement();
        technicalRequest = draft.technicalRequest();
        validFrom = draft.validFrom();
        validUntil = draft.validUntil();
        quotas = draft.quotas();
        commitment = draft.commitment();
    }

    /** The draft. */
    public ApplicationDraft make() {
        return new ApplicationDraft(
                provider,
                products,
                zones,
                fields,
                regions,
                contact,
                systemName,
                scenario,
                legalBasis,
                purpose,
                purposeText,
                additionalAgreement,
                technicalRequest,
                validFrom,
                validUntil,
                quotas,
                commitment);
    }

    public DraftMaker callsPerDay(long calls) {
        quotas = new GrantFacts.Quotas(OptionalLong.of(calls), quotas.privateItemsPerDay());
        return this;
    }

    public DraftMaker privateItemsPerDay(long items) {
        quotas = new GrantFacts.Quotas(quotas.callsPerDay(), items);
        return this;
    }

    public DraftMaker provider(String code) {
        provider = code;
        return this;
    }

    public DraftMaker products(String... names) {
        products = List.of(names);
        return this;
    }

    public DraftMaker zones(String... names) {
        zones = List.of(names);
        return this;
    }

    public DraftMaker fields(String... names) {
        fields = List.of(names);
        return this;
    }

    public DraftMaker regions(String... codes) {
        regions = List.of(codes);
        return this;
    }

    public DraftMaker contact(String name, String phone, String email) {
        contact = new Contact(name, phone, email);
        return this;
    }

    public DraftMaker systemName(String text) {
        systemName = text;
        return this;
    }

    public DraftMaker scenario(String text) {
        scenario = text;
        return this;
    }

    public DraftMaker legalBasis(String text) {
        legalBasis = text;
        return this;
    }

    public DraftMaker noPurpose() {
        purpose = Optional.empty();
        return this;
    }

    public DraftMaker purpose(Purpose chosen, String text) {
        purpose = Optional.of(chosen);
        purposeText = text;
        return this;
    }

    public DraftMaker additionalAgreement(String text) {
        additionalAgreement = text;
        return this;
    }

    public DraftMaker technicalRequest(String text) {
        technicalRequest = text;
        return this;
    }

    public DraftMaker noStart() {
        validFrom = Optional.empty();
        return this;
    }

    public DraftMaker noEnd() {
        validUntil = Optional.empty();
        return this;
    }

    public DraftMaker valid(String from, String until) {
        validFrom = Optional.of(Instant.parse(from));
        validUntil = Optional.of(Instant.parse(until));
        return this;
    }

    public DraftMaker commitment(Acceptance acceptance, String digest, String person) {
        commitment = new Commitment(acceptance, digest, person);
        return this;
    }
}
