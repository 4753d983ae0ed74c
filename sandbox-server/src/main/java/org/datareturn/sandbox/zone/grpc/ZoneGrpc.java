package org.datareturn.sandbox.zone.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.datareturn.guard.Released;
import org.datareturn.guard.VisibleTable;
import org.datareturn.proto.v1.BudgetRequest;
import org.datareturn.proto.v1.BudgetResponse;
import org.datareturn.proto.v1.DescribeZoneRequest;
import org.datareturn.proto.v1.DescribeZoneResponse;
import org.datareturn.proto.v1.ErrorMargin;
import org.datareturn.proto.v1.PrivacyCost;
import org.datareturn.proto.v1.QueryRequest;
import org.datareturn.proto.v1.QueryResponse;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.ResultColumn;
import org.datareturn.proto.v1.ResultRow;
import org.datareturn.proto.v1.ResultValue;
import org.datareturn.proto.v1.RunRequest;
import org.datareturn.proto.v1.ZoneColumn;
import org.datareturn.proto.v1.ZoneServiceGrpc;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.zone.ZoneQuestion;
import org.datareturn.sandbox.zone.ZoneService;
import org.datareturn.sandbox.zone.ZoneTable;
import org.datareturn.sandbox.zone.ZoneView;
import org.jspecify.annotations.Nullable;

/** {@code datareturn.v1.ZoneService}. */
@GrpcService
public class ZoneGrpc extends ZoneServiceGrpc.ZoneServiceImplBase {
    private final ZoneService service;

    /** The wire of a service. */
    public ZoneGrpc(ZoneService service) {
        this.service = service;
    }

    @Override
    public void describe(DescribeZoneRequest request, StreamObserver<DescribeZoneResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.describe(
                        credentials,
                        new ZoneQuestion(
                                request.getGrantId(),
                                request.getZone(),
                                Purposes.of(request.getPurpose()),
                                request.getRegion())),
                ZoneGrpc::reply);
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.query(
                        credentials,
                        new ZoneQuestion(
                                request.getGrantId(),
                                request.getZone(),
                                Purposes.of(request.getPurpose()),
                                request.getRegion()),
                        request.getSql()),
                ZoneGrpc::reply);
    }

    @Override
    public void run(RunRequest request, StreamObserver<QueryResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        ZoneQuestion question = new ZoneQuestion(
                request.getGrantId(), request.getZone(), Purposes.of(request.getPurpose()), request.getRegion());
        GrpcReplies.send(
                observer,
                () -> service.run(credentials, question, request.getTemplateId(), request.getArgumentsList()),
                ZoneGrpc::reply);
    }

    @Override
    public void budget(BudgetRequest request, StreamObserver<BudgetResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        ZoneQuestion question = new ZoneQuestion(
                request.getGrantId(), request.getZone(), Purposes.of(request.getPurpose()), request.getRegion());
        GrpcReplies.send(observer, () -> service.budget(credentials, question), (cost, record) -> {
            BudgetResponse.Builder reply = BudgetResponse.newBuilder().setRecord(record);
            cost.ifPresent(c -> reply.setPrivacyCost(cost(c)));
            return reply.build();
        });
    }

    private static PrivacyCost cost(Released.Cost cost) {
        return PrivacyCost.newBuilder()
                .setEpsilon(cost.epsilon().toPlainString())
                .setLeft(cost.left().toPlainString())
                .build();
    }

    private static DescribeZoneResponse reply(ZoneView view, Record record) {
        DescribeZoneResponse.Builder reply = DescribeZoneResponse.newBuilder()
                .setZone(view.zone())
                .setTitle(view.title())
                .setRecord(record);
        for (VisibleTable table : view.tables()) {
            reply.addTables(org.datareturn.proto.v1.ZoneTable.newBuilder()
                    .setName(table.name())
                    .addAllColumns(
                            table.columns().stream().map(ZoneGrpc::column).toList()));
        }
        return reply.build();
    }

    private static ZoneColumn column(VisibleTable.VisibleColumn column) {
        return ZoneColumn.newBuilder()
                .setName(column.name())
                .setType(column.sqlType())
                .addAllUses(column.uses().stream()
                        .map(use -> use.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList())
                .addAllBins(column.bandEdges())
                .build();
    }

    private static QueryResponse reply(ZoneTable table, Record record) {
        QueryResponse.Builder reply = QueryResponse.newBuilder()
                .setSuppressedGroups(table.suppressedGroups())
                .setEdition(table.edition())
                .setReleaseId(table.releaseId())
                .setSource(table.source())
                .setRecord(record);
        table.cost().ifPresent(cost -> reply.setPrivacyCost(cost(cost)));
        table.margins()
                .forEach(margin -> reply.addMargins95(ErrorMargin.newBuilder()
                        .addAllKey(margin.key().stream().map(ZoneGrpc::value).toList())
                        .setValue(margin.value())
                        .setHalfWidth(margin.halfWidth().toPlainString())));
        table.columns()
                .forEach(column -> reply.addColumns(
                        ResultColumn.newBuilder().setName(column.name()).setType(column.sqlType())));
        for (List<@Nullable Object> row : table.rows()) {
            reply.addRows(ResultRow.newBuilder()
                    .addAllValues(row.stream().map(ZoneGrpc::value).toList()));
        }
        return reply.build();
    }

    private static ResultValue value(@Nullable Object value) {
        ResultValue.Builder cell = ResultValue.newBuilder();
        return switch (value) {
            case null -> cell.setNull(true).build();
            case Long whole -> cell.setInteger(whole).build();
            case Integer whole -> cell.setInteger(whole).build();
            case BigDecimal decimal -> cell.setDecimal(decimal.toPlainString()).build();
            case Double real -> cell.setReal(real).build();
            case Boolean truth -> cell.setBoolean(truth).build();
            case Object other -> cell.setText(other.toString()).build();
        };
    }
}
