package org.datareturn.sandbox.zone.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.datareturn.sandbox.zone.flight.FlightSqlOptions.Limits;

/**
 * The commands. GetFlightInfo walks the road, once, and keeps the answer; DoGet hands it over, once, to the one it was
 * made for; no ticket can make the road be walked. Everything the base class would answer is refused at the edge already.
 * Thread-safe.
 *
 * <p>A refusal is the error of GetFlightInfo, but for prepared statements it is kept and told at DoGet: the stock JDBC
 * driver, which prepares everything, turns only errors of the second into {@link java.sql.SQLException}.
 */
final class ZoneFlightProducer extends NoOpFlightProducer {
    private static final long UNKNOWN_BYTES = -1;

    /** How long a client may take to send the one row of values it announced. */
    private static final Duration BINDING = Duration.ofSeconds(15);

    private final ZoneQueries queries;
    private final Limits limits;
    private final RoadCalls road;
    private final CallLimits calls;
    private final HeldAnswers held;
    private final SessionActions actions;
    private final SealedStatements statements;
    private final ExecutorService streams;
    private final ScheduledExecutorService timer;
    private final BufferAllocator allocator;

    ZoneFlightProducer(
            ZoneQueries queries,
            Limits limits,
            HeldAnswers held,
            ExecutorService roads,
            ExecutorService streams,
            ScheduledExecutorService timer,
            BufferAllocator allocator) {
        this.queries = queries;
        this.limits = limits;
        this.road = new RoadCalls(roads, limits.queryDeadline());
        this.calls = new CallLimits(limits.callsPerCaller(), limits.calls());
        this.held = held;
        this.statements = new SealedStatements();
        this.actions = new SessionActions(statements, this::parameters, limits.sqlCharacters());
        this.timer = timer;
        this.streams = streams;
        this.allocator = allocator;
    }

    @Override
    public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
        return FaultBoundary.answer(() -> {
            WireCall wire = WireCall.current();
            ZoneSession session = wire.session();
            if (!descriptor.isCommand()) {
                throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
            }
            return switch (FlightCommand.parse(descriptor.getCommand())) {
                case FlightCommand.Query query ->
                    held(wire.who(), session, descriptor, () -> run(wire.who(), session, Prepared.of(query.sql())));
                case FlightCommand.ExecutePrepared prepared ->
                    held(
                            wire.who(),
                            session,
                            descriptor,
                            () -> FaultBoundary.answerOrRefusal(
                                    () -> run(wire.who(), session, opened(prepared.handle(), wire.who(), session))));
                case FlightCommand.Describe describe ->
                    held(wire.who(), session, descriptor, () -> describe(wire.who(), session, describe));
            };
        });
    }

    private FlightInfo held(
            WireCredentials who, ZoneSession session, FlightDescriptor descriptor, Supplier<Answer> work) {
        CallerKey caller = CallerKey.of(who);
        try (HeldAnswers.Place place = held.reserve(caller, caller.in(session))) {
            Answer answer = work.get();
            return info(answer, place.keep(answer), descriptor);
        }
    }

    private Prepared opened(ByteString handle, WireCredentials who, ZoneSession session) {
        return statements
                .open(handle.toByteArray(), CallerKey.of(who).in(session))
                .map(Prepared::read)
                .orElseThrow(() -> RefusalStatus.of(FlightReason.FLIGHT_HANDLE_UNKNOWN));
    }

    private Answer run(WireCredentials who, ZoneSession session, Prepared statement) {
        actions.requireLength(statement.sql());
        Optional<TemplateCall> template = TemplateCall.read(statement.sql());
        Supplier<ZoneReply> asked;
        if (template.isPresent()) {
            List<String> arguments = template.get().arguments(statement.arguments());
            asked = () -> queries.call(who, session, template.get().template(), arguments);
        } else {
            asked = () -> queries.query(who, session, statement.sql());
        }
        CallLimits.Permit permit = calls.enter(CallerKey.of(who));
        return switch (road.walk(permit, asked)) {
            case ZoneReply.Table table -> ArrowTables.answer(table);
            case Refused refused -> throw RefusalStatus.of(refused);
        };
    }

    /**
     * The types of a call's places. A refusal is told when the call is executed, where drivers can show it; until then
     * every place takes a text.
     */
    private List<Column> parameters(WireCall wire, TemplateCall call) {
        CallLimits.Permit permit = calls.enter(CallerKey.of(wire.who()));
        List<Column> known =
                switch (road.walk(permit, () -> queries.parameters(wire.who(), wire.session(), call.template()))) {
                    case ParametersReply.Parameters parameters -> parameters.columns();
                    case Refused refused -> List.of();
                };
        List<Column> places = new ArrayList<>();
        for (int i = 0; i < call.slots().size(); i++) {
            if (call.slots().get(i) instanceof TemplateCall.Slot.Place) {
                places.add(i < known.size() ? known.get(i) : new Column("p" + i, SqlType.Plain.VARCHAR, true));
            }
        }
        return places;
    }

    /** Binds values to a prepared call: the client gets another handle that seals them too; nothing is kept here. */
    @Override
    public Runnable acceptPut(CallContext context, FlightStream stream, StreamListener<PutResult> listener) {
        return () -> {
            Optional<StatusRuntimeException> failed = FaultBoundary.run(() -> {
                WireCall wire = WireCall.current();
                CallerKey caller = CallerKey.of(wire.who());
                byte[] bound;
                try (CallLimits.Permit _ = calls.enter(caller);
                        Patience _ = Patience.of(timer, BINDING)) {
                    FlightDescriptor descriptor = stream.getDescriptor();
                    if (!descriptor.isCommand()) {
                        throw FlightCommand.putRefused();
                    }
                    ByteString handle = FlightCommand.boundHandle(descriptor.getCommand());
                    Prepared prepared = opened(handle, wire.who(), wire.session());
                    TemplateCall call = TemplateCall.read(prepared.sql()).orElseThrow(FlightCommand::putRefused);
                    Prepared filled = new Prepared(prepared.sql(), BoundValues.read(stream, call.places()));
                    bound = statements.seal(filled.text(), caller.in(wire.session()));
                }
                byte[] result = DoPutPreparedStatementResult.newBuilder()
                        .setPreparedStatementHandle(ByteString.copyFrom(bound))
                        .build()
                        .toByteArray();
                try (ArrowBuf metadata = allocator.buffer(result.length)) {
                    metadata.writeBytes(result);
                    listener.onNext(PutResult.metadata(metadata));
                }
                listener.onCompleted();
            });
            failed.ifPresent(listener::onError);
        };
    }

    private Answer describe(WireCredentials who, ZoneSession session, FlightCommand.Describe command) {
        CallLimits.Permit permit = calls.enter(CallerKey.of(who));
        return switch (road.walk(permit, () -> queries.catalogue(who, session))) {
            case CatalogueReply.Catalogue catalogue ->
                new CatalogueAnswers(session.zone(), catalogue).answer(command.message());
            case Refused refused -> throw RefusalStatus.of(refused);
        };
    }

    private static FlightInfo info(Answer answer, byte[] handle, FlightDescriptor descriptor) {
        Any ticket = Any.pack(TicketStatementQuery.newBuilder()
                .setStatementHandle(ByteString.copyFrom(handle))
                .build());
        // An endpoint without a location is this connection.
        List<FlightEndpoint> here = List.of(new FlightEndpoint(new Ticket(ticket.toByteArray())));
        String metadata = answer instanceof Answer.Rows rows ? rows.appMetadata() : "";
        return new FlightInfo(
                answer.schema().orElse(null),
                descriptor,
                here,
                UNKNOWN_BYTES,
                answer.rowCount(),
                true,
                IpcOption.DEFAULT,
                metadata.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
        FaultBoundary.run(() -> {
                    WireCall wire = WireCall.current();
                    CallerKey caller = CallerKey.of(wire.who());
                    CallerKey owner = caller.in(wire.session());
                    byte[] handle = FlightCommand.unpack(ticket.getBytes(), TicketStatementQuery.class)
                            .getStatementHandle()
                            .toByteArray();
                    start(calls.enter(caller), held.take(handle, owner), listener);
                })
                .ifPresent(listener::error);
    }

    private void start(CallLimits.Permit permit, Optional<Answer> answer, ServerStreamListener listener) {
        boolean started = false;
        try {
            Answer found = answer.orElseThrow(() -> RefusalStatus.of(FlightReason.FLIGHT_HANDLE_UNKNOWN));
            AnswerStream stream = new AnswerStream(listener, allocator, limits.streamDeadline());
            streams.execute(() -> {
                try (permit) {
                    FaultBoundary.run(() -> stream.send(found)).ifPresent(listener::error);
                }
            });
            started = true;
        } catch (RejectedExecutionException closing) {
            throw RefusalStatus.of(FlightReason.FLIGHT_CLOSING);
        } finally {
            if (!started) {
                permit.close();
            }
        }
    }

    @Override
    public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
        Optional<StatusRuntimeException> failed = FaultBoundary.run(() -> {
            WireCall wire = WireCall.current();
            actions.answer(wire, action).ifPresent(bytes -> listener.onNext(new Result(bytes)));
            listener.onCompleted();
        });
        failed.ifPresent(listener::onError);
    }

    /** Refused at the edge; without this the base interface would walk the road for it. */
    @Override
    public PollInfo pollFlightInfo(CallContext context, FlightDescriptor descriptor) {
        throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_NOT_SERVED, "PollFlightInfo");
    }
}
