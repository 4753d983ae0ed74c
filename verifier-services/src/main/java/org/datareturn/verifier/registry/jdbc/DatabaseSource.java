package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.SourceOpening;
import org.jspecify.annotations.Nullable;

/**
 * A table, or what a query gives, of a database. Read in one read-only transaction, in portions, only the columns asked for.
 */
public final class DatabaseSource implements RowSource {
    private static final String NO_ROWS = " WHERE 1 = 0";

    private final DatabaseDeclaration declared;

    /** The rows a declaration names. */
    public DatabaseSource(DatabaseDeclaration declared) {
        this.declared = declared;
    }

    @Override
    public Optional<String> fingerprint() {
        return declared.order()
                .map(order -> String.join(
                        "\n",
                        "database",
                        declared.login().url(),
                        declared.login().user(),
                        declared.rows(),
                        order));
    }

    @Override
    public SourceOpening open(List<String> columns, long skip) throws IOException {
        Connection connection;
        try {
            connection = declared.login().connect();
        } catch (SQLException e) {
            throw ResultRows.failed("the database of the source cannot be reached", e);
        }
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            SourceOpening opened = open(connection, columns, skip);
            if (opened instanceof SourceOpening.Unusable) {
                connection.close();
            }
            return opened;
        } catch (SQLException e) {
            IOException failed = ResultRows.failed("the source's table or query cannot be read", e);
            try {
                connection.close();
            } catch (SQLException alsoFailed) {
                failed.addSuppressed(ResultRows.failed("nor closed", alsoFailed));
            }
            throw failed;
        }
    }

    private SourceOpening open(Connection connection, List<String> columns, long skip) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        String rows = declared.table()
                .map(table -> table.stream().map(part -> quoted(part, quote)).collect(Collectors.joining(".")))
                .or(() -> declared.query().map(query -> "(" + query + ")"))
                .orElseThrow();
        List<String> wanted = new ArrayList<>(columns);
        declared.order().ifPresent(wanted::add);
        String named = "SELECT "
                + wanted.stream().map(name -> quoted(name, quote)).collect(Collectors.joining(", ")) + " FROM " + rows
                + " source_rows";
        List<ColumnText> kinds;
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery(named + NO_ROWS)) {
            List<RowProblem> problems = ResultRows.problems(none.getMetaData(), columns);
            if (!problems.isEmpty()) {
                return new SourceOpening.Unusable(problems);
            }
            kinds = ResultRows.kinds(none.getMetaData(), columns);
        } catch (SQLException notAllThere) {
            return new SourceOpening.Unusable(missing(connection, rows, columns, notAllThere));
        }
        StringBuilder query = new StringBuilder(named);
        declared.order().ifPresent(order -> query.append(" ORDER BY ").append(quoted(order, quote)));
        if (skip > 0) {
            query.append(" OFFSET ").append(skip).append(" ROWS");
        }
        PreparedStatement statement = connection.prepareStatement(query.toString());
        statement.setFetchSize(declared.fetchSize());
        return new SourceOpening.Ready(new ResultRows(
                connection,
                statement.executeQuery(),
                kinds,
                OptionalLong.empty(),
                skip,
                declared.order().isPresent(),
                false));
    }

    /**
     * Which columns are not there, or there twice. Seen when all are asked for, which a role that may read only some may not
     * do: so it is asked only when there was a failure, and that failure stands where it was another.
     */
    private List<RowProblem> missing(Connection connection, String rows, List<String> columns, SQLException failure)
            throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT * FROM " + rows + " source_rows" + NO_ROWS)) {
            List<RowProblem> problems = new ArrayList<>(ResultRows.problems(all.getMetaData(), columns));
            declared.order()
                    .filter(order -> hasNot(all, order))
                    .ifPresent(order ->
                            problems.add(new RowProblem(1, VerifierReason.REGISTRY_HEADER, Optional.of(order))));
            if (problems.isEmpty()) {
                throw failure;
            }
            return problems;
        }
    }

    private static boolean hasNot(ResultSet none, String column) {
        try {
            return none.findColumn(column) < 1;
        } catch (SQLException notThere) {
            return true;
        }
    }

    private static String quoted(String name, @Nullable String quote) {
        if (quote == null || quote.isBlank()) {
            return name;
        }
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
