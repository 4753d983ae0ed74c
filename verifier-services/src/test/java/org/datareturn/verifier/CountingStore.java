package org.datareturn.verifier;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;

/** A real store that counts what is done with it, and whose reads can be made to fail. */
final class CountingStore implements RegistryStore {
    private final RegistryStore real;
    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean failing;

    CountingStore(RegistryStore real) {
        this.real = real;
    }

    int leases() {
        return leases.get();
    }

    int reads() {
        return reads.get();
    }

    /** Leases that nobody has closed. */
    int open() {
        return open.get();
    }

    void reset() {
        leases.set(0);
        reads.set(0);
    }

    void failReads() {
        failing = true;
    }

    @Override
    public RegistrySchema schema() {
        return real.schema();
    }

    @Override
    public Optional<Lease> lease() {
        return real.lease().map(lease -> {
            leases.incrementAndGet();
            open.incrementAndGet();
            return new CountingLease(lease);
        });
    }

    @Override
    public EditionWriter begin(EditionOrigin origin) throws IOException {
        return real.begin(origin);
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    private final class CountingLease implements Lease {
        private final Lease lease;

        CountingLease(Lease lease) {
            this.lease = lease;
        }

        @Override
        public Edition edition() {
            return lease.edition();
        }

        @Override
        public RecordTokens tokens() {
            return lease.tokens();
        }

        @Override
        public Reading read(RecordKey key) {
            reads.incrementAndGet();
            return failing ? new Reading.Unreadable("made to fail") : lease.read(key);
        }

        @Override
        public void close() {
            open.decrementAndGet();
            lease.close();
        }
    }
}
