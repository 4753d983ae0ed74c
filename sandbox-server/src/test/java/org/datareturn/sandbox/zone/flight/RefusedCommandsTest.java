package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.AsyncPutListener;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.RenewFlightEndpointRequest;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.ExecuteIngestOptions;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.flight.sql.FlightSqlClient.SubstraitPlan;
import org.apache.arrow.flight.sql.FlightSqlClient.Transaction;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every side door of Flight and Flight SQL, tried with a valid token: refused by name, and the road never walked. */
class RefusedCommandsTest {
    private static final CallOption[] ME = FlightFixture.as("token-a");

    @TempDir
    static Path folder;

    static FlightFixture fixture;

    private FlightClient flight;
    private FlightSqlClient sql;

    @BeforeAll
    static void serve() throws Exception {
        fixture = FlightFixture.standard(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void connect() throws Exception {
        fixture.road.queries.clear();
        flight = fixture.client();
        sql = new FlightSqlClient(flight);
    }

    @AfterEach
    void theRoadWasNotWalked() throws Exception {
        flight.close();
        assertThat(fixture.road.queries).isEmpty();
    }

    @Test
    void refusesUpdates() {
        refused("DoPut", () -> sql.executeUpdate("DELETE FROM person", ME));
        refused("DoPut", () -> sql.executeUpdate("DELETE FROM person", new Transaction(new byte[] {1}), ME));
        refused("DoPut", () -> sql.executeSubstraitUpdate(new SubstraitPlan(new byte[] {1}, "1"), ME));
        try (PreparedStatement prepared = sql.prepare("DELETE FROM person", ME)) {
            refused("DoPut", () -> prepared.executeUpdate(ME));
            prepared.close(ME);
        }
    }

    @Test
    @SuppressWarnings("try") // Flight's streams may be interrupted in close()
    void refusesIngestAndParametersAndExchange() {
        try (IntVector ints = new IntVector("i", fixture.allocator)) {
            ints.allocateNew(1);
            ints.set(0, 7);
            ints.setValueCount(1);
            VectorSchemaRoot root = VectorSchemaRoot.of(ints);
            TableDefinitionOptions create = TableDefinitionOptions.newBuilder()
                    .setIfExists(TableExistsOption.TABLE_EXISTS_OPTION_APPEND)
                    .setIfNotExist(TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE)
                    .build();
            ExecuteIngestOptions ingest = new ExecuteIngestOptions("t", create, false, null, null, Map.of());
            refused("DoPut", () -> sql.executeIngest(root, ingest, ME));
            refused("DoPut", () -> {
                FlightClient.ClientStreamListener put =
                        flight.startPut(FlightDescriptor.path("anything"), root, new AsyncPutListener(), ME);
                put.putNext();
                put.completed();
                put.getResult();
            });
            PreparedStatement prepared = sql.prepare("SELECT ? FROM t", ME);
            prepared.setParameters(root);
            refused("DoPut", () -> prepared.execute(ME));
            prepared.close(ME);
        }
        refused("DoExchange", () -> {
            try (FlightClient.ExchangeReaderWriter exchange =
                    flight.doExchange(FlightDescriptor.path("anything"), ME)) {
                exchange.getReader().next();
            }
        });
    }

    @Test
    void refusesTransactionsAndSavepoints() {
        refused("BeginTransaction", () -> sql.beginTransaction(ME));
        refused("BeginSavepoint", () -> sql.beginSavepoint(new Transaction(new byte[] {1}), "s", ME));
        refused("EndTransaction", () -> sql.commit(new Transaction(new byte[] {1}), ME));
        refused("EndTransaction", () -> sql.rollback(new Transaction(new byte[] {1}), ME));
        refused("EndSavepoint", () -> sql.release(new FlightSqlClient.Savepoint(new byte[] {1}), ME));
        refused("transaction", () -> sql.execute("SELECT 1", new Transaction(new byte[] {1}), ME));
        refused("transaction", () -> sql.prepare("SELECT 1", new Transaction(new byte[] {1}), ME));
    }

    @Test
    void refusesSubstraitPlans() {
        SubstraitPlan plan = new SubstraitPlan(new byte[] {1, 2}, "0.1");
        refused("CommandStatementSubstraitPlan", () -> sql.executeSubstrait(plan, ME));
        refused("CreatePreparedSubstraitPlan", () -> sql.prepare(plan, ME));
    }

    @Test
    void refusesCancelRenewPollListAndUnknownActions() {
        FlightInfo info = new FlightInfo(
                null, FlightDescriptor.path("x"), List.of(new FlightEndpoint(new Ticket(new byte[] {1}))), -1, -1);
        refused("CancelFlightInfo", () -> flight.cancelFlightInfo(new CancelFlightInfoRequest(info), ME));
        refused("CancelQuery", () -> run(new Action("CancelQuery", new byte[0])));
        refused(
                "RenewFlightEndpoint",
                () -> flight.renewFlightEndpoint(
                        new RenewFlightEndpointRequest(info.getEndpoints().getFirst()), ME));
        refused("PollFlightInfo", () -> flight.pollInfo(FlightDescriptor.command(new byte[0]), ME));
        refused("ListFlights", () -> flight.listFlights(Criteria.ALL, ME).forEach(f -> {}));
        refused("ListActions", () -> flight.listActions(ME).forEach(a -> {}));
        refused("an unknown command", () -> run(new Action("read /etc/passwd", new byte[0])));
        refused("GetSessionOptions", () -> run(new Action("GetSessionOptions", new byte[0])));
    }

    @Test
    void refusesTheSchemaOfAQueryThatHasNotRun() {
        refused("GetSchema", () -> sql.getExecuteSchema("SELECT person_id FROM person", ME));
        refused("GetSchema", () -> sql.getTablesSchema(true, ME));
        PreparedStatement prepared = sql.prepare("SELECT 1", ME);
        refused("GetSchema", () -> prepared.fetchSchema(ME));
        prepared.close(ME);
    }

    @Test
    void refusesBytesThatAreNoCommand() {
        for (byte[] bytes : List.of(
                new byte[0],
                "SELECT 1".getBytes(StandardCharsets.UTF_8),
                Any.pack(StringValue.of("SELECT 1")).toByteArray(),
                Any.pack(FlightSql.CommandStatementUpdate.newBuilder()
                                .setQuery("DELETE FROM t")
                                .build())
                        .toByteArray(),
                new byte[] {(byte) 0xff, (byte) 0xff, 1})) {
            assertThatThrownBy(() -> flight.getInfo(FlightDescriptor.command(bytes), ME))
                    .isInstanceOfSatisfying(
                            FlightRuntimeException.class,
                            e -> assertThat(e.status().code())
                                    .isIn(FlightStatusCode.INVALID_ARGUMENT, FlightStatusCode.UNIMPLEMENTED));
        }
        assertThatThrownBy(() -> flight.getInfo(FlightDescriptor.path("person"), ME))
                .hasMessageContaining("FLIGHT_COMMAND_MALFORMED");
        assertThatThrownBy(() -> run(new Action("CreatePreparedStatement", new byte[] {1, 2, 3})))
                .hasMessageContaining("FLIGHT_COMMAND_MALFORMED");
    }

    @Test
    void acceptsTheZoneAsSessionCatalogAndClosesSessions() {
        assertThat(setCatalog("livelihood")).isEmpty();
        assertThat(setCatalog("another-zone")).containsKey("catalog");
        assertThat(flight.closeSession(new CloseSessionRequest(), ME).getStatus())
                .isEqualTo(CloseSessionResult.Status.CLOSED);
    }

    private Map<String, SetSessionOptionsResult.Error> setCatalog(String name) {
        SetSessionOptionsRequest request =
                new SetSessionOptionsRequest(Map.of("catalog", SessionOptionValueFactory.makeSessionOptionValue(name)));
        return flight.setSessionOptions(request, ME).getErrors();
    }

    private List<byte[]> run(Action action) {
        List<byte[]> results = new ArrayList<>();
        flight.doAction(action, ME).forEachRemaining(result -> results.add(result.getBody()));
        return results;
    }

    private static void refused(String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(name)
                .satisfies(thrown -> assertThat(chain(thrown))
                        .contains("FLIGHT_COMMAND_NOT_SERVED", "不提供", name)
                        .contains(FlightStatusCode.UNIMPLEMENTED.toString()));
    }

    private static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(
                            t instanceof FlightRuntimeException flight
                                    ? flight.status().code()
                                    : "")
                    .append(t)
                    .append('\n');
        }
        return text.toString();
    }
}
