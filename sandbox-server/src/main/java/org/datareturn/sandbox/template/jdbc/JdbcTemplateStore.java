package org.datareturn.sandbox.template.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.template.StoredTemplate;
import org.datareturn.sandbox.template.TemplateStore;

/** Templates in the control database, read whole with every call: a suspension holds from the next. Thread-safe. */
public final class JdbcTemplateStore implements TemplateStore {
    private final Transactor transactor;

    /** A store over one migrated database. */
    public JdbcTemplateStore(DataSource dataSource) {
        this.transactor = new Transactor(dataSource);
    }

    @Override
    public void add(StoredTemplate template) {
        transactor.inTransaction("submit template", connection -> {
            TemplateRows.insert(connection, template);
            return template;
        });
    }

    @Override
    public Advanced advance(StoredTemplate after) {
        return transactor.inTransaction("advance template", connection -> {
            if (TemplateRows.update(connection, after) == 0) {
                return Advanced.VERSION_DIFFERS;
            }
            TemplateRows.addStep(connection, after);
            return Advanced.YES;
        });
    }

    @Override
    public Optional<StoredTemplate> find(String id) {
        if (!id.matches("t_[0-9a-f]{16}")) {
            return Optional.empty();
        }
        return transactor.inTransaction("find template", connection -> TemplateRows.read(connection, id));
    }

    @Override
    public List<StoredTemplate> all() {
        return transactor.inTransaction("list templates", connection -> {
            List<String> ids = Rows.all(
                    connection,
                    row -> Rows.text(row, "id"),
                    "SELECT id FROM query_templates ORDER BY submitted_at DESC, id");
            return each(connection, ids);
        });
    }

    private static List<StoredTemplate> each(Connection connection, List<String> ids) throws SQLException {
        List<StoredTemplate> templates = new java.util.ArrayList<>();
        for (String id : ids) {
            TemplateRows.read(connection, id).ifPresent(templates::add);
        }
        return templates;
    }
}
