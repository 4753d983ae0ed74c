package org.datareturn.sandbox.zone.flight;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlNullOrdering;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlOuterJoinsSupportLevel;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedCaseSensitivity;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedGroupBy;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedResultSetType;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedTransaction;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlTransactionIsolationLevel;
import org.apache.arrow.flight.sql.impl.FlightSql.SupportedSqlGrammar;

/**
 * What {@code CommandGetSqlInfo} is told: read-only, no transactions, no catalogs or schemas inside SQL. Facts of this
 * software alone, the same for every caller. JDBC tools ask for nearly all of them and fail on a missing one.
 */
final class ServerFacts {
    private static final String NAME = "Data Return Sandbox 数据返还沙箱";
    private static final Set<Integer> STATED = statedCodes();

    private ServerFacts() {}

    /** Those of the codes asked for that are stated here; all of them when none is asked for. Unknown ones are skipped. */
    static List<Integer> stated(List<Integer> asked) {
        Stream<Integer> codes =
                asked.isEmpty() ? STATED.stream().sorted() : asked.stream().distinct();
        return codes.filter(STATED::contains).toList();
    }

    /** Sends the facts of these codes and ends the stream. */
    static void send(List<Integer> codes, ServerStreamListener listener) {
        facts().send(codes, listener);
    }

    private static Set<Integer> statedCodes() {
        // The builder answers a code it was not given with a fault, so the codes it was given are kept beside it.
        return Stream.of(
                        IntStream.rangeClosed(
                                SqlInfo.FLIGHT_SQL_SERVER_NAME_VALUE, SqlInfo.FLIGHT_SQL_SERVER_SUBSTRAIT_VALUE),
                        IntStream.rangeClosed(
                                SqlInfo.FLIGHT_SQL_SERVER_TRANSACTION_VALUE,
                                SqlInfo.FLIGHT_SQL_SERVER_INGEST_TRANSACTIONS_SUPPORTED_VALUE),
                        IntStream.rangeClosed(
                                SqlInfo.SQL_DDL_CATALOG_VALUE, SqlInfo.SQL_SUPPORTED_RESULT_SET_TYPES_VALUE),
                        IntStream.rangeClosed(
                                SqlInfo.SQL_BATCH_UPDATES_SUPPORTED_VALUE,
                                SqlInfo.SQL_STORED_FUNCTIONS_USING_CALL_SYNTAX_SUPPORTED_VALUE))
                .flatMap(IntStream::boxed)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SqlInfoBuilder facts() {
        SqlInfoBuilder facts = new SqlInfoBuilder();
        identity(facts);
        language(facts);
        absent(facts);
        limits(facts);
        return facts;
    }

    private static void identity(SqlInfoBuilder facts) {
        facts.withFlightSqlServerName(NAME)
                .withFlightSqlServerVersion(version(ServerFacts.class))
                .withFlightSqlServerArrowVersion(version(SqlInfoBuilder.class))
                .withFlightSqlServerReadOnly(true)
                .withFlightSqlServerSql(true)
                .withFlightSqlServerSubstrait(false)
                .withFlightSqlServerTransaction(SqlSupportedTransaction.SQL_SUPPORTED_TRANSACTION_NONE)
                .withFlightSqlServerCancel(false)
                .withFlightSqlServerBulkIngestion(false)
                .withFlightSqlServerBulkIngestionTransaction(false);
    }

    private static String version(Class<?> of) {
        return Optional.ofNullable(of.getPackage().getImplementationVersion()).orElse("development");
    }

    private static void language(SqlInfoBuilder facts) {
        facts.withSqlIdentifierCase(SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_LOWERCASE)
                .withSqlQuotedIdentifierCase(SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE)
                .withSqlIdentifierQuoteChar("\"")
                .withSqlAllTablesAreSelectable(true)
                .withSqlNullOrdering(SqlNullOrdering.SQL_NULLS_SORTED_HIGH)
                .withSqlKeywords(new String[0])
                .withSqlNumericFunctions(new String[0])
                .withSqlStringFunctions(new String[0])
                .withSqlSystemFunctions(new String[0])
                .withSqlDatetimeFunctions(new String[0])
                .withSqlSearchStringEscape("\\")
                .withSqlExtraNameCharacters("")
                .withSqlSupportsColumnAliasing(true)
                .withSqlNullPlusNullIsNull(true)
                .withSqlSupportsConvert(Map.of())
                .withSqlSupportsTableCorrelationNames(true)
                .withSqlSupportsDifferentTableCorrelationNames(false)
                .withSqlSupportsExpressionsInOrderBy(true)
                .withSqlSupportsOrderByUnrelated(false)
                .withSqlSupportedGroupBy(SqlSupportedGroupBy.SQL_GROUP_BY_UNRELATED)
                .withSqlSupportsLikeEscapeClause(true)
                .withSqlSupportsNonNullableColumns(true)
                .withSqlSupportedGrammar(SupportedSqlGrammar.SQL_MINIMUM_GRAMMAR)
                .withSqlAnsi92SupportedLevel()
                .withSqlSupportsIntegrityEnhancementFacility(false)
                .withSqlOuterJoinSupportLevel(SqlOuterJoinsSupportLevel.SQL_JOINS_UNSUPPORTED)
                .withSqlSchemaTerm("schema")
                .withSqlProcedureTerm("procedure")
                .withSqlCatalogTerm("zone")
                .withSqlCatalogAtStart(true);
    }

    private static void absent(SqlInfoBuilder facts) {
        facts.withSqlDdlCatalog(false)
                .withSqlDdlSchema(false)
                .withSqlDdlTable(false)
                .withSqlSchemasSupportedActions()
                .withSqlCatalogsSupportedActions()
                .withSqlSupportedPositionedCommands()
                .withSqlSelectForUpdateSupported(false)
                .withSqlStoredProceduresSupported(false)
                .withSqlSubQueriesSupported()
                .withSqlCorrelatedSubqueriesSupported(false)
                .withSqlSupportedUnions()
                .withSqlDefaultTransactionIsolation(0)
                .withSqlTransactionsSupported(false)
                .withSqlSupportedTransactionsIsolationLevels(SqlTransactionIsolationLevel.SQL_TRANSACTION_NONE)
                .withSqlDataDefinitionCausesTransactionCommit(false)
                .withSqlDataDefinitionsInTransactionsIgnored(true)
                .withSqlSupportedResultSetTypes(SqlSupportedResultSetType.SQL_RESULT_SET_TYPE_FORWARD_ONLY)
                .withSqlBatchUpdatesSupported(false)
                .withSqlSavepointsSupported(false)
                .withSqlNamedParametersSupported(false)
                .withSqlLocatorsUpdateCopy(false)
                .withSqlStoredFunctionsUsingCallSyntaxSupported(false);
    }

    /** 0 is "no limit, or not known"; what the endpoint bounds it refuses with a message. */
    private static void limits(SqlInfoBuilder facts) {
        facts.withSqlMaxBinaryLiteralLength(0)
                .withSqlMaxCharLiteralLength(0)
                .withSqlMaxColumnNameLength(0)
                .withSqlMaxColumnsInGroupBy(0)
                .withSqlMaxColumnsInIndex(0)
                .withSqlMaxColumnsInOrderBy(0)
                .withSqlMaxColumnsInSelect(0)
                .withSqlMaxColumnsInTable(0)
                .withSqlMaxConnections(0)
                .withSqlMaxCursorNameLength(0)
                .withSqlMaxIndexLength(0)
                .withSqlDbSchemaNameLength(0)
                .withSqlMaxProcedureNameLength(0)
                .withSqlMaxCatalogNameLength(0)
                .withSqlMaxRowSize(0)
                .withSqlMaxRowSizeIncludesBlobs(false)
                .withSqlMaxStatementLength(0)
                .withSqlMaxStatements(0)
                .withSqlMaxTableNameLength(0)
                .withSqlMaxTablesInSelect(0)
                .withSqlMaxUsernameLength(0);
    }
}
