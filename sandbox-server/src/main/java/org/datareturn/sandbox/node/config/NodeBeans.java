package org.datareturn.sandbox.node.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.datareturn.sandbox.application.ApplicationDesk;
import org.datareturn.sandbox.grant.GrantDesk;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.model.ModelService;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.TraceDesk;
import org.datareturn.sandbox.template.TemplateService;
import org.datareturn.sandbox.verification.VerificationService;
import org.datareturn.sandbox.verification.batch.BatchService;
import org.datareturn.sandbox.verification.privatecheck.PrivateChecks;
import org.datareturn.sandbox.zone.ZoneService;

/** The node's parts as beans. The node itself is opened by {@link RunningNode} before the edges take calls. */
@ApplicationScoped
public class NodeBeans {
    @Produces
    @Singleton
    CallPipeline pipeline(RunningNode running) {
        return running.node().pipeline();
    }

    @Produces
    @Singleton
    VerificationService verification(RunningNode running) {
        return running.node().verification();
    }

    @Produces
    @Singleton
    BatchService batches(RunningNode running) {
        return running.node().batches();
    }

    @Produces
    @Singleton
    PrivateChecks privateChecks(RunningNode running) {
        return running.node().privateChecks();
    }

    @Produces
    @Singleton
    ZoneService zones(RunningNode running) {
        return running.node().zones();
    }

    @Produces
    @Singleton
    TemplateService templates(RunningNode running) {
        return running.node().templates();
    }

    @Produces
    @Singleton
    ModelService models(RunningNode running) {
        return running.node().models();
    }

    @Produces
    @Singleton
    ApplicationDesk applications(RunningNode running) {
        return running.node().applications();
    }

    @Produces
    @Singleton
    GrantDesk grants(RunningNode running) {
        return running.node().grants();
    }

    @Produces
    @Singleton
    TraceDesk traces(RunningNode running) {
        return running.node().traces();
    }

    @Produces
    @Singleton
    Ledger ledger(RunningNode running) {
        return running.node().ledger();
    }
}
