package org.datareturn.bench;

import java.util.Locale;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelConversionException;
import org.apache.calcite.tools.ValidationException;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;

/** What Calcite alone does with a query: parse, validate, make a plan, write it as SQL. The guard's baseline. */
final class PlainCalcite {
    private static final SqlParser.Config PARSER = SqlParser.config()
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withConformance(SqlConformanceEnum.LENIENT);

    private final ZoneDeclaration zone;

    PlainCalcite(ZoneDeclaration zone) {
        this.zone = zone;
    }

    /** The query as Calcite writes it. */
    String rewritten(String sql) throws SqlParseException, ValidationException, RelConversionException {
        SchemaPlus schema = CalciteSchema.createRootSchema(false).plus();
        zone.tables().forEach(table -> schema.add(table.name(), new Table(table)));
        FrameworkConfig config = Frameworks.newConfigBuilder()
                .parserConfig(PARSER)
                .defaultSchema(schema)
                .build();
        try (Planner planner = Frameworks.getPlanner(config)) {
            RelNode plan = planner.rel(planner.validate(planner.parse(sql))).project();
            return new RelToSqlConverter(AnsiSqlDialect.DEFAULT)
                    .visitRoot(plan)
                    .asStatement()
                    .toSqlString(AnsiSqlDialect.DEFAULT)
                    .getSql();
        }
    }

    private static final class Table extends AbstractTable {
        private final TableDeclaration table;

        Table(TableDeclaration table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            for (ColumnDeclaration column : table.columns()) {
                SqlTypeName type =
                        SqlTypeName.valueOf(column.type().kind().name().toUpperCase(Locale.ROOT));
                row.add(column.name(), factory.createTypeWithNullability(factory.createSqlType(type), true));
            }
            return row.build();
        }
    }
}
