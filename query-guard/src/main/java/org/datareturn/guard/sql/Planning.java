package org.datareturn.guard.sql;

import java.util.List;
import java.util.Properties;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.DelegatingTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.ValidationException;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.plan.VisibleZone;

/**
 * Validates a parsed query against the caller's view and makes a plan of it. Calcite's {@code Planner} would do the same
 * steps, but takes only text that it parses itself, and gets ready for an optimisation that never comes; so the text would
 * be parsed twice, and a hundred rules registered, for each query.
 */
final class Planning {
    private static final int DIGITS = 38;

    private static final RelDataTypeSystem TYPES = new DelegatingTypeSystem(RelDataTypeSystem.DEFAULT) {
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            // Otherwise CASE pads its shorter texts with blanks.
            return true;
        }

        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxPrecision(type);
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
            // A sum of whole numbers does not wrap.
            boolean exact = SqlTypeName.EXACT_TYPES.contains(argument.getSqlTypeName());
            return exact
                    ? factory.createTypeWithNullability(
                            factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, argument.getScale()),
                            argument.isNullable())
                    : argument;
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
            return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
        }
    };

    // Named one by one: whole libraries of operators would change what the standard ones mean.
    private static final SqlOperatorTable OPERATORS = SqlOperatorTables.chain(
            SqlStdOperatorTable.instance(),
            SqlOperatorTables.of(SqlLibraryOperators.GREATEST, SqlLibraryOperators.LEAST));

    private static final CalciteConnectionConfig CONNECTION = new CalciteConnectionConfigImpl(new Properties())
            .set(CalciteConnectionProperty.CASE_SENSITIVE, "false")
            .set(CalciteConnectionProperty.CONFORMANCE, SqlConformanceEnum.LENIENT.name());

    private static final SqlValidator.Config VALIDATION = SqlValidator.Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true);

    private static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRelBuilderConfigTransform(
                    c -> c.withSimplify(false).withSimplifyValues(false).withBloat(-1));

    private Planning() {}

    /**
     * The plan of a query, without correlated sub-queries as far as that is possible.
     *
     * @param tree the query, in standard SQL; is written into
     * @throws ValidationException when a name is unknown, or types do not fit
     */
    static RelRoot of(SqlNode tree, VisibleZone zone) throws ValidationException {
        JavaTypeFactory types = new JavaTypeFactoryImpl(TYPES);
        CalciteSchema schema = CalciteSchema.createRootSchema(false);
        zone.tables().forEach(table -> schema.add(table.name(), new VisibleTableType(table)));
        CalciteCatalogReader catalog = new CalciteCatalogReader(schema, List.of(), types, CONNECTION);
        SqlValidator validator = SqlValidatorUtil.newValidator(OPERATORS, catalog, types, VALIDATION);
        SqlNode validated;
        try {
            validated = validator.validate(tree);
        } catch (RuntimeException invalid) {
            // The validator says in many ways that a query is wrong; they end here, and the query is refused.
            throw new ValidationException(invalid);
        }
        RelOptPlanner planner = new VolcanoPlanner();
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        SqlToRelConverter converter = new SqlToRelConverter(
                (type, text, path, view) -> {
                    throw new IllegalStateException("a zone has no views");
                },
                validator,
                catalog,
                cluster,
                StandardConvertletTable.INSTANCE,
                CONVERSION);
        RelRoot root = converter.convertQuery(validated, false, true);
        root = root.withRel(converter.flattenTypes(root.rel, true));
        root = root.withRel(RelDecorrelator.decorrelateQuery(
                root.rel, CONVERSION.getRelBuilderFactory().create(cluster, null)));
        return Decorrelation.of(root);
    }

    /** A table of the caller's view, as the validator wants it. */
    private static final class VisibleTableType extends AbstractTable {
        private final TableDeclaration table;

        VisibleTableType(TableDeclaration table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            for (ColumnDeclaration column : table.columns()) {
                row.add(column.name(), factory.createTypeWithNullability(type(column, factory), true));
            }
            return row.build();
        }

        private static RelDataType type(ColumnDeclaration column, RelDataTypeFactory factory) {
            return switch (column.type().kind()) {
                case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
                case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
                case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
                case DATE -> factory.createSqlType(SqlTypeName.DATE);
                case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
                case DECIMAL ->
                    factory.createSqlType(
                            SqlTypeName.DECIMAL,
                            column.type().precision(),
                            column.type().scale());
            };
        }
    }
}
