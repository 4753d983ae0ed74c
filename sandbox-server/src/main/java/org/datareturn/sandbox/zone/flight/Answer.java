package org.datareturn.sandbox.zone.flight;

import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flight.sql.FlightSqlProducer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** What waits behind a ticket. Immutable; holds no Arrow memory until it is streamed. */
sealed interface Answer {
    /** Its schema; a refusal has none. */
    Optional<Schema> schema();

    /** Rows in all. */
    int rowCount();

    /**
     * Rows that are written into record batches as they are streamed.
     *
     * @param table their schema
     * @param appMetadata travels with the FlightInfo and the first record batch; may be empty
     * @param rows writes rows into vectors
     */
    record Rows(Schema table, int rowCount, String appMetadata, RowWriter rows) implements Answer {
        @Override
        public Optional<Schema> schema() {
            return Optional.of(table);
        }
    }

    /**
     * Facts about this server, {@code CommandGetSqlInfo}.
     *
     * @param codes the facts asked for, each one this server states
     */
    record Facts(List<Integer> codes) implements Answer {
        public Facts {
            codes = List.copyOf(codes);
        }

        @Override
        public Optional<Schema> schema() {
            return Optional.of(FlightSqlProducer.Schemas.GET_SQL_INFO_SCHEMA);
        }

        @Override
        public int rowCount() {
            return codes.size();
        }
    }

    /**
     * A refusal that is told when it is fetched.
     *
     * @param refusal the status to end the stream with
     */
    record Refusal(Status refusal) implements Answer {
        @Override
        public Optional<Schema> schema() {
            return Optional.empty();
        }

        @Override
        public int rowCount() {
            return 0;
        }
    }

    /** Writes rows {@code from} to {@code to} (exclusive) of an answer into rows 0 … of a root. */
    interface RowWriter {
        void write(VectorSchemaRoot root, int from, int to);
    }

    /** Cells in all, the measure by which held answers are bounded. */
    default long cells() {
        return (long) rowCount() * schema().map(s -> s.getFields().size()).orElse(0);
    }
}
