package org.datareturn.sandbox.catalogue.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.sandbox.catalogue.CatalogueEntry;
import org.datareturn.sandbox.catalogue.CatalogueReason;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;
import org.datareturn.sandbox.catalogue.UnfitResourceException;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;

/** The catalogue in the control database. Thread-safe. */
public final class JdbcResourceCatalogue implements ResourceCatalogue {
    private static final String SELECT = "SELECT * FROM catalogue_resources";

    private final Transactor transactor;
    private final OperatorRegister register;

    /** A catalogue over one migrated database, whose organisations a register knows. */
    public JdbcResourceCatalogue(DataSource dataSource, OperatorRegister register) {
        this.transactor = new Transactor(dataSource);
        this.register = register;
    }

    @Override
    public void requireFit(Resource resource) {
        organisation(resource, resource.provider());
        Organisation.Kind reviewer =
                organisation(resource, resource.contentAuthority()).kind();
        Organisation.Kind asked = switch (resource.library()) {
            case BASE -> Organisation.Kind.DATA_AUTHORITY;
            case OTHER -> Organisation.Kind.INDUSTRY_AUTHORITY;
        };
        if (reviewer != asked) {
            throw new UnfitResourceException(
                    CatalogueReason.CONTENT_AUTHORITY_UNFIT,
                    resource.contentAuthority(),
                    resource.name(),
                    asked.name(),
                    reviewer.name());
        }
    }

    @Override
    public CatalogueEntry register(Resource resource) {
        requireFit(resource);
        return transactor.inTransaction("register resource", connection -> {
            Optional<CatalogueEntry> known = read(connection, resource.kind(), resource.name());
            if (known.isPresent() && known.get().resource().equals(resource)) {
                return known.get();
            }
            int version = known.map(CatalogueEntry::version).orElse(0) + 1;
            write(connection, resource, version);
            return new CatalogueEntry(resource, version);
        });
    }

    @Override
    public Optional<CatalogueEntry> find(Resource.Kind kind, String name) {
        return transactor.inTransaction("find resource", connection -> read(connection, kind, name));
    }

    @Override
    public List<CatalogueEntry> list() {
        return transactor.inTransaction(
                "list resources",
                connection -> Rows.all(connection, row -> entry(row, connection), SELECT + " ORDER BY kind, name"));
    }

    private Organisation organisation(Resource resource, String code) {
        return register.organisation(code)
                .orElseThrow(() ->
                        new UnfitResourceException(CatalogueReason.ORGANISATION_NOT_REGISTERED, code, resource.name()));
    }

    private static Optional<CatalogueEntry> read(Connection connection, Resource.Kind kind, String name)
            throws SQLException {
        return Rows.first(
                connection, row -> entry(row, connection), SELECT + " WHERE kind = ? AND name = ?", kind, name);
    }

    private static CatalogueEntry entry(ResultSet row, Connection connection) throws SQLException {
        Resource.Kind kind = Rows.constant(row, "kind", Resource.Kind.class);
        String name = Rows.text(row, "name");
        List<Resource.Field> fields = Rows.all(
                connection,
                field -> new Resource.Field(Rows.text(field, "field"), Rows.text(field, "title_zh")),
                "SELECT field, title_zh FROM catalogue_fields WHERE kind = ? AND name = ? ORDER BY seq",
                kind,
                name);
        return new CatalogueEntry(
                new Resource(
                        name,
                        kind,
                        Rows.text(row, "title_zh"),
                        Rows.text(row, "title_en"),
                        Rows.text(row, "provider"),
                        Rows.constant(row, "library", Resource.Library.class),
                        Rows.text(row, "content_authority"),
                        Rows.constant(row, "sharing", Resource.Sharing.class),
                        Rows.text(row, "sharing_basis"),
                        Rows.constant(row, "grade", Resource.Grade.class),
                        fields),
                row.getInt("version"));
    }

    private static void write(Connection connection, Resource resource, int version) throws SQLException {
        Rows.change(
                connection,
                "DELETE FROM catalogue_fields WHERE kind = ? AND name = ?",
                resource.kind(),
                resource.name());
        int known = Rows.change(
                connection,
                """
                UPDATE catalogue_resources
                   SET title_zh = ?, title_en = ?, provider = ?, library = ?, content_authority = ?, sharing = ?,
                       sharing_basis = ?, grade = ?, version = ?
                 WHERE kind = ? AND name = ?""",
                resource.titleZh(),
                resource.titleEn(),
                resource.provider(),
                resource.library(),
                resource.contentAuthority(),
                resource.sharing(),
                resource.sharingBasis(),
                resource.grade(),
                version,
                resource.kind(),
                resource.name());
        if (known == 0) {
            Rows.change(
                    connection,
                    """
                    INSERT INTO catalogue_resources (title_zh, title_en, provider, library, content_authority, sharing,
                                                     sharing_basis, grade, version, kind, name)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    resource.titleZh(),
                    resource.titleEn(),
                    resource.provider(),
                    resource.library(),
                    resource.contentAuthority(),
                    resource.sharing(),
                    resource.sharingBasis(),
                    resource.grade(),
                    version,
                    resource.kind(),
                    resource.name());
        }
        for (int i = 0; i < resource.fields().size(); i++) {
            Resource.Field field = resource.fields().get(i);
            Rows.change(
                    connection,
                    "INSERT INTO catalogue_fields (kind, name, seq, field, title_zh) VALUES (?, ?, ?, ?, ?)",
                    resource.kind(),
                    resource.name(),
                    i,
                    field.name(),
                    field.titleZh());
        }
    }
}
