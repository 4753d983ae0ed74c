package org.datareturn.sandbox.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

/** Says that the node takes calls, then waits until it is told to stop. */
public class ServingApplication implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(ServingApplication.class);

    @Override
    public int run(String... args) {
        LOG.info(ServeCommand.READY);
        Quarkus.waitForExit();
        return Exit.OK;
    }
}
