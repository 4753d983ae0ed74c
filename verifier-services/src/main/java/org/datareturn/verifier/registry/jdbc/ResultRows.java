package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.SourceRow;
import org.datareturn.verifier.registry.SourceRows;
import org.jspecify.annotations.Nullable;

/** The rows of a query that is read as it comes, and the connection it runs on. */
final class ResultRows implements SourceRows {
    private final Connection connection;
    private final ResultSet result;
    private final List<ColumnText> kinds;
    private final OptionalLong total;
    private final boolean ordered;
    private final boolean damageLasts;
    private long number;
    private @Nullable String lastOrder;

    /**
     * The rows.
     *
     * @param connection closed with them
     * @param result as many columns as there are kinds, in their order; one more, the last, when it is ordered
     * @param total how many rows there are in all, where known
     * @param skipped how many come before the first of these
     * @param ordered whether the last column tells rows apart and orders them
     * @param damageLasts whether a failure means that the source itself is damaged, and not the way to it
     */
    ResultRows(
            Connection connection,
            ResultSet result,
            List<ColumnText> kinds,
            OptionalLong total,
            long skipped,
            boolean ordered,
            boolean damageLasts) {
        this.connection = connection;
        this.result = result;
        this.kinds = List.copyOf(kinds);
        this.total = total;
        this.number = skipped;
        this.ordered = ordered;
        this.damageLasts = damageLasts;
    }

    /** What is wrong with the columns of a source: not there, there twice, or of a type that cannot be read. */
    static List<RowProblem> problems(ResultSetMetaData offered, List<String> wanted) throws SQLException {
        List<RowProblem> problems = new ArrayList<>();
        for (String column : wanted) {
            List<Integer> places = places(offered, column);
            if (places.size() != 1) {
                problems.add(new RowProblem(1, VerifierReason.REGISTRY_HEADER, Optional.of(column)));
            } else if (kind(offered, places.getFirst()).isEmpty()) {
                problems.add(new RowProblem(
                        1,
                        VerifierReason.REGISTRY_COLUMN_TYPE,
                        Optional.of(column + " (" + offered.getColumnTypeName(places.getFirst()) + ")")));
            }
        }
        return problems;
    }

    /** The kinds of columns that have no problem. */
    static List<ColumnText> kinds(ResultSetMetaData offered, List<String> wanted) throws SQLException {
        List<ColumnText> kinds = new ArrayList<>();
        for (String column : wanted) {
            kinds.add(kind(offered, places(offered, column).getFirst()).orElseThrow());
        }
        return kinds;
    }

    private static Optional<ColumnText> kind(ResultSetMetaData offered, int place) throws SQLException {
        return ColumnText.of(offered.getColumnType(place), offered.getColumnTypeName(place));
    }

    private static List<Integer> places(ResultSetMetaData offered, String column) throws SQLException {
        List<Integer> places = new ArrayList<>();
        for (int place = 1; place <= offered.getColumnCount(); place++) {
            if (offered.getColumnLabel(place).equals(column)) {
                places.add(place);
            }
        }
        return places;
    }

    @Override
    public SourceRow next() throws IOException {
        try {
            if (!result.next()) {
                return new SourceRow.Ended();
            }
            number++;
            List<String> values = new ArrayList<>(kinds.size());
            for (int i = 0; i < kinds.size(); i++) {
                values.add(kinds.get(i).read(result, i + 1));
            }
            if (ordered) {
                holdOrder(result.getString(kinds.size() + 1));
            }
            return new SourceRow.Read(number, values);
        } catch (SQLException e) {
            if (damageLasts) {
                return new SourceRow.Broken(new RowProblem(number + 1, VerifierReason.REGISTRY_FILE, Optional.empty()));
            }
            throw failed("the rows cannot be read on", e);
        }
    }

    /** Rows that share their place may come in any order, and a load that goes on could lose one or take it twice. */
    private void holdOrder(@Nullable String order) throws IOException {
        if (order == null || order.equals(lastOrder)) {
            throw new RegistryException(RegistryReason.SOURCE_ORDER, Long.toString(number));
        }
        lastOrder = order;
    }

    @Override
    public OptionalDouble share() {
        return total.isPresent() && total.getAsLong() > 0
                ? OptionalDouble.of((double) number / total.getAsLong())
                : OptionalDouble.empty();
    }

    /** A failure without the database's own words, which may quote data. */
    static IOException failed(String what, SQLException why) {
        return new RegistryException(
                what + ": SQL state " + why.getSQLState(),
                RegistryReason.SOURCE_DATABASE,
                String.valueOf(why.getSQLState()));
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            result.close();
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw failed("the rows cannot be closed", e);
        }
    }
}
