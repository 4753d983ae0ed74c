package org.datareturn.sandbox.verification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Bearing;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Asks guards as operators of one organisation and one grant.
 *
 * @param keys the keys of every guard that is asked
 * @param clock their clock
 */
record Asks(SubjectTokens keys, Clock clock) {
    private static final String ORGANISATION = "91350100M000100Y43";
    private static final String GRANT = "grant-1";

    /** An operator without a stamp. */
    static Asker unstamped(String operator) {
        return new Asker(ORGANISATION, operator, GRANT);
    }

    /** An operator with a request that is good for once. */
    static Asker stamped(String nonce, Instant at) {
        return new Asker(ORGANISATION, "clerk", GRANT, OptionalLong.empty(), Optional.of(new RequestStamp(nonce, at)));
    }

    /** An operator under a grant of so many calls a day. */
    static Asker limited(String operator, long callsADay) {
        return new Asker(ORGANISATION, operator, GRANT, OptionalLong.of(callsADay), Optional.empty());
    }

    /** Asks rightly about one person. */
    Guarded<Boolean> right(ProbeGuard guard, Asker asker) {
        return ask(guard, asker, AskedQuestions.number(7), true);
    }

    /** Asks about a number; what does not match bears as a miss. */
    Guarded<Boolean> ask(ProbeGuard guard, Asker asker, String number, boolean matches) {
        return guard.ask(
                asker,
                AskedQuestions.about(number, keys, clock),
                () -> matches,
                match -> match ? Bearing.NOTHING : Bearing.MISS);
    }

    /** Why it was not answered. */
    static ReasonCode reason(Guarded<Boolean> guarded) {
        return switch (guarded) {
            case Guarded.Refused<Boolean>(Refusal refusal) -> refusal.reason();
            case Guarded.Suspended<Boolean>(Refusal refusal) -> refusal.reason();
            case Guarded.Answered<Boolean> answered -> throw new AssertionError("answered");
        };
    }

    /** How many nonces a database remembers. */
    static int nonces(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM request_nonces")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
