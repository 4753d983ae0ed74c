package org.datareturn.sandbox.wholeroad;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands one running node to every test that does not break it, and ends it with the run. */
final class SharedNode implements ParameterResolver {
    private static final int PERSONS = 3000;

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedNode.class);

    /** The node and what is in it. */
    record Running(NodeProcess node, SyntheticProvince province) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            node.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(Running.class, key -> start(), Running.class);
    }

    private static Running start() {
        try {
            return new Running(NodeProcess.start(PERSONS), SyntheticProvince.generate(NodeProcess.SEED, PERSONS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
