package org.datareturn.verifier.trial;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.VerificationOutcome;
import org.datareturn.verifier.Verifier;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * {@code product try}: an author's product on the whole road of normalisation, limits and matching, without a server.
 * Standard output gets one JSON line for each line of the batch and nothing else, at once and in order; what is wrong with
 * the declaration, the files or the batch goes to the error stream, a line each. All operators are of one organisation
 * and ask under one grant; the policy allows the least a product can tell.
 */
public final class ProductTrial {
    /** Every line was answered, refused or not. */
    public static final int DONE = 0;

    /** The declaration, a file or a line of the batch is no good. */
    public static final int BAD_INPUT = 2;

    private final TrialOptions options;
    private final Clock startClock;
    private final PrintStream out;
    private final PrintStream err;

    private ProductTrial(TrialOptions options, Clock startClock, PrintStream out, PrintStream err) {
        this.options = options;
        this.startClock = startClock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a trial.
     *
     * @param clock the time until a question says another
     * @return the exit status, {@link #DONE} or {@link #BAD_INPUT}
     */
    public static int run(TrialOptions options, Clock clock, InputStream in, PrintStream out, PrintStream err) {
        try {
            new ProductTrial(options, clock, out, err).run(in);
            return DONE;
        } catch (BadInput bad) {
            err.println(bad.getMessage());
            err.flush();
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private void run(InputStream in) throws BadInput {
        ProductDeclaration product = TrialProduct.named(options.product());
        SubjectTokens keys = SubjectTokens.ephemeral();
        Canaries canaries = TrialRegistry.canaries(options.canaries(), product, keys, startClock);
        try (TrialRegistry registry = TrialRegistry.open(options.registry(), product, keys, startClock, err)) {
            new TrialSession(
                            product,
                            keys,
                            canaries,
                            startClock,
                            (guard, clock) -> source(
                                    new Verifier(Products.of(List.of(product)), registry.stores(), keys, guard, clock)),
                            out,
                            err)
                    .answer(options.batch(), in);
        }
    }

    private static TrialAnswer.Source source(Verifier verifier) {
        return (call, request) -> switch (verifier.verify(call, request)) {
            case Checked checked -> new TrialAnswer.Answered(checked.answer().name());
            case VerificationOutcome.Refused(Refusal refusal) -> new TrialAnswer.Refused(refusal);
            case VerificationOutcome.Suspended(Refusal refusal) -> new TrialAnswer.Suspended(refusal);
        };
    }
}
