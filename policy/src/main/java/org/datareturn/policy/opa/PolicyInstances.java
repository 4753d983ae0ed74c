package org.datareturn.policy.opa;

import com.styra.opa.wasm.OpaPolicy;
import com.styra.opa.wasm.OpaPolicyPool;
import com.styra.opa.wasm.OpaPolicyPool.Loan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Instances of one compiled policy, built beforehand (each takes about a second) and lent one call at a time: an
 * instance is not thread-safe and, shared, fails silently. The only class that knows the OPA Wasm SDK. Thread-safe;
 * holds nothing but memory, so it is dropped, not closed.
 */
final class PolicyInstances {
    /** Memory one instance may grow to, in pages of 64 KiB: 64 MiB. */
    private static final int MAX_PAGES = 1024;

    private final OpaPolicyPool pool;
    private final Semaphore free;
    private final Duration patience;
    private final String data;

    private PolicyInstances(OpaPolicyPool pool, int size, Duration patience, String data) {
        this.pool = pool;
        this.free = new Semaphore(size, true);
        this.patience = patience;
        this.data = data;
    }

    /**
     * Builds all instances.
     *
     * @param size how many calls may be evaluated at a time
     * @param patience how long a call waits for an instance
     * @throws PolicyBundleException when the bundle cannot be instantiated
     */
    static PolicyInstances build(PolicyBundle bundle, int size, Duration patience) throws PolicyBundleException {
        byte[] wasm = bundle.wasm();
        OpaPolicyPool pool = OpaPolicyPool.create(
                () -> OpaPolicy.builder()
                        .withPolicy(wasm)
                        .withMaxMemory(MAX_PAGES)
                        .build(),
                size);
        List<Loan> loans = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                loans.add(pool.borrow());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PolicyBundleException("interrupted while building policy instances", e);
        } catch (RuntimeException e) {
            // The SDK and the Wasm runtime state no narrower type; whatever it is, this bundle cannot be run.
            throw new PolicyBundleException("the bundle's WebAssembly cannot be instantiated", e);
        }
        loans.forEach(Loan::close);
        return new PolicyInstances(pool, size, patience, bundle.data());
    }

    /**
     * Evaluates the policy's entry point.
     *
     * @param input the input document, JSON
     * @return the result set, JSON
     * @throws EvaluationFailedException when no instance came free in time or the evaluation broke
     */
    String evaluate(String input) throws EvaluationFailedException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EvaluationFailedException("no policy instance came free in " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvaluationFailedException("interrupted while waiting for a policy instance", e);
        }
        try {
            return evaluateOnLoan(input);
        } finally {
            free.release();
        }
    }

    private String evaluateOnLoan(String input) throws EvaluationFailedException {
        try {
            Loan loan = pool.borrow();
            try {
                String result = loan.policy().data(data).input(input).evaluate();
                loan.close();
                return result;
            } finally {
                // After close() this does nothing; after an error the instance's memory is not to be trusted again.
                loan.discard();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvaluationFailedException("interrupted while borrowing a policy instance", e);
        } catch (RuntimeException | StackOverflowError e) {
            // The outermost boundary of foreign code that states no narrower type: a trap, an abort, an unknown
            // built-in, memory used up. All of them must deny, none may escape.
            throw new EvaluationFailedException("the policy could not be evaluated", e);
        }
    }
}
