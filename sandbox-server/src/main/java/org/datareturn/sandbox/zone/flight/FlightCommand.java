package org.datareturn.sandbox.zone.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.util.regex.Pattern;
import org.apache.arrow.flight.sql.impl.FlightSql;

/** A command of the Flight SQL specification, as this endpoint understands it. Whatever is not here is refused. */
sealed interface FlightCommand {
    /** Run this SQL now. */
    record Query(String sql) implements FlightCommand {}

    /** Run a prepared statement now. */
    record ExecutePrepared(ByteString handle) implements FlightCommand {}

    /** Describe what the grant shows; {@code message} is one of the catalogue commands. */
    record Describe(Message message) implements FlightCommand {}

    /** Longest name echoed; a type URL is the client's text. */
    Pattern NAME = Pattern.compile("[A-Za-z]{1,64}");

    /** Reads the command of a descriptor, or refuses it. */
    static FlightCommand parse(byte[] bytes) {
        Any any = any(bytes);
        String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('.') + 1);
        return switch (name) {
            case "CommandStatementQuery" -> query(unpack(any, FlightSql.CommandStatementQuery.class));
            case "CommandPreparedStatementQuery" ->
                new ExecutePrepared(unpack(any, FlightSql.CommandPreparedStatementQuery.class)
                        .getPreparedStatementHandle());
            case "CommandGetCatalogs" -> describe(any, FlightSql.CommandGetCatalogs.class);
            case "CommandGetDbSchemas" -> describe(any, FlightSql.CommandGetDbSchemas.class);
            case "CommandGetTables" -> describe(any, FlightSql.CommandGetTables.class);
            case "CommandGetTableTypes" -> describe(any, FlightSql.CommandGetTableTypes.class);
            case "CommandGetPrimaryKeys" -> describe(any, FlightSql.CommandGetPrimaryKeys.class);
            case "CommandGetExportedKeys" -> describe(any, FlightSql.CommandGetExportedKeys.class);
            case "CommandGetImportedKeys" -> describe(any, FlightSql.CommandGetImportedKeys.class);
            case "CommandGetCrossReference" -> describe(any, FlightSql.CommandGetCrossReference.class);
            case "CommandGetSqlInfo" -> describe(any, FlightSql.CommandGetSqlInfo.class);
            case "CommandGetXdbcTypeInfo" -> describe(any, FlightSql.CommandGetXdbcTypeInfo.class);
            default -> throw notServed(name);
        };
    }

    /** The handle values are to be bound to, or the refusal of what else a client would put. */
    static ByteString boundHandle(byte[] bytes) {
        Any any = any(bytes);
        if (!any.getTypeUrl().endsWith(".CommandPreparedStatementQuery")) {
            throw putRefused();
        }
        return unpack(any, FlightSql.CommandPreparedStatementQuery.class).getPreparedStatementHandle();
    }

    /** The refusal of everything a client may put but values of a prepared call. */
    static StatusRuntimeException putRefused() {
        return RefusalStatus.of(
                FlightReason.FLIGHT_COMMAND_NOT_SERVED, "DoPut (but for the values of a prepared CALL of a template)");
    }

    /** A message packed in a Flight SQL envelope, or the refusal that it is not one. */
    static <T extends Message> T unpack(byte[] bytes, Class<T> type) {
        return unpack(any(bytes), type);
    }

    /** The refusal of a command or action by its name. */
    static StatusRuntimeException notServed(String name) {
        return RefusalStatus.of(
                FlightReason.FLIGHT_COMMAND_NOT_SERVED, NAME.matcher(name).matches() ? name : "an unknown command");
    }

    /** Refuses a statement that is to run inside a transaction. */
    static void requireNoTransaction(ByteString transaction) {
        if (!transaction.isEmpty()) {
            throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_NOT_SERVED, "a statement inside a transaction");
        }
    }

    private static Query query(FlightSql.CommandStatementQuery command) {
        requireNoTransaction(command.getTransactionId());
        return new Query(command.getQuery());
    }

    private static Describe describe(Any any, Class<? extends Message> type) {
        return new Describe(unpack(any, type));
    }

    private static Any any(byte[] bytes) {
        try {
            return Any.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
        }
    }

    private static <T extends Message> T unpack(Any any, Class<T> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
        }
    }
}
