package org.datareturn.sandbox.zone.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.NoOpSessionOptionValueVisitor;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The four actions that are answered; none of them touches the zone's data, which are asked when a statement is executed.
 *
 * <p>Preparing seals the SQL for its caller and tells of one placeholder column: drivers take "no columns" for an
 * update, and the true columns are part of the answer. (The stock JDBC driver shows the placeholder above an answer
 * without rows, hence its name.) Preparing a call of a template with places asks the road for their types, since drivers
 * bind by them. Session options: a driver that is given {@code catalog=…} sets it
 * so; the zone's own name is accepted, nothing is kept.
 */
final class SessionActions {
    private static final Column PLACEHOLDER = new Column("no_rows", SqlType.Plain.VARCHAR, true);

    private final SealedStatements statements;
    private final ParameterTypes parameters;
    private final int sqlCharacters;

    /** Asks the road which values a template takes. */
    @FunctionalInterface
    interface ParameterTypes {
        /** A column for each place of the call. */
        List<Column> of(WireCall wire, TemplateCall call);
    }

    SessionActions(SealedStatements statements, ParameterTypes parameters, int sqlCharacters) {
        this.parameters = parameters;
        this.statements = statements;
        this.sqlCharacters = sqlCharacters;
    }

    /** The action's result, where it has one; refused by name when it is none of the four. */
    Optional<byte[]> answer(WireCall wire, Action action) {
        String type = action.getType();
        if (type.equals(FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT.getType())) {
            return Optional.of(prepare(wire, action.getBody()));
        }
        if (type.equals(FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT.getType())) {
            // The statement was never held here.
            return Optional.empty();
        }
        if (type.equals(FlightConstants.SET_SESSION_OPTIONS.getType())) {
            return Optional.of(setOptions(wire.session(), action.getBody()));
        }
        if (type.equals(FlightConstants.CLOSE_SESSION.getType())) {
            return Optional.of(bytes(new CloseSessionResult(CloseSessionResult.Status.CLOSED).serialize()));
        }
        throw FlightCommand.notServed(type);
    }

    /** Refuses SQL that is empty or longer than is read. */
    void requireLength(String sql) {
        if (sql.isBlank() || sql.length() > sqlCharacters) {
            throw RefusalStatus.of(FlightReason.FLIGHT_SQL_LENGTH, String.valueOf(sqlCharacters));
        }
    }

    private byte[] prepare(WireCall wire, byte[] body) {
        ZoneSession session = wire.session();
        ActionCreatePreparedStatementRequest request =
                FlightCommand.unpack(body, ActionCreatePreparedStatementRequest.class);
        FlightCommand.requireNoTransaction(request.getTransactionId());
        requireLength(request.getQuery());
        byte[] handle = statements.seal(
                Prepared.of(request.getQuery()).text(), CallerKey.of(wire.who()).in(session));
        Schema unknownYet = new Schema(ArrowTables.fields(List.of(PLACEHOLDER)));
        List<Column> places = TemplateCall.read(request.getQuery())
                .filter(call -> call.places() > 0)
                .map(call -> parameters.of(wire, call))
                .orElseGet(List::of);
        Schema bound = new Schema(ArrowTables.fields(places));
        return Any.pack(ActionCreatePreparedStatementResult.newBuilder()
                        .setPreparedStatementHandle(ByteString.copyFrom(handle))
                        .setDatasetSchema(ByteString.copyFrom(CatalogueAnswers.serialised(unknownYet)))
                        .setParameterSchema(ByteString.copyFrom(CatalogueAnswers.serialised(bound)))
                        .build())
                .toByteArray();
    }

    private static byte[] setOptions(ZoneSession session, byte[] body) {
        SetSessionOptionsRequest request;
        try {
            request = SetSessionOptionsRequest.deserialize(ByteBuffer.wrap(body));
        } catch (IOException e) {
            throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
        }
        Map<String, SetSessionOptionsResult.Error> errors = new HashMap<>();
        for (Map.Entry<String, SessionOptionValue> option :
                request.getSessionOptions().entrySet()) {
            if (!option.getKey().equals("catalog")) {
                errors.put(option.getKey(), new SetSessionOptionsResult.Error(ErrorValue.INVALID_NAME));
            } else if (!isText(option.getValue(), session.zone())) {
                errors.put(option.getKey(), new SetSessionOptionsResult.Error(ErrorValue.INVALID_VALUE));
            }
        }
        return bytes(new SetSessionOptionsResult(errors).serialize());
    }

    private static boolean isText(SessionOptionValue value, String expected) {
        return Boolean.TRUE.equals(value.acceptVisitor(new NoOpSessionOptionValueVisitor<Boolean>() {
            @Override
            public Boolean visit(String text) {
                return text.equals(expected);
            }
        }));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
