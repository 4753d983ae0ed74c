package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RegistryStoreContract;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreContractTest extends RegistryStoreContract {
    @TempDir
    Path folder;

    @Override
    protected RegistryStore open(RegistrySchema schema, SubjectTokens keys) throws IOException {
        return RocksRegistryStore.open(folder.resolve("store"), schema, keys, TestRegistry.CLOCK);
    }
}
