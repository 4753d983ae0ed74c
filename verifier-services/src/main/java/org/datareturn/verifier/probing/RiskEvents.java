package org.datareturn.verifier.probing;

/** Hears of risk events, each before the call that raised it is answered. Implementations are thread-safe. */
@FunctionalInterface
public interface RiskEvents {
    /** Something happened. When this throws, the call that raised the event is not answered. */
    void raised(RiskEvent event);
}
