package org.datareturn.verifier.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through an ONNX file (onnx.proto3, IR version 3 and later) before any runtime sees it. Only what computes the same
 * bounded result from the same input passes: a list of operators without loops, branches, lots, or code of others; no
 * functions, no nested graphs, no weights in other files.
 */
final class OnnxGraph {
    private static final Set<String> OPERATORS = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Neg",
            "Abs",
            "Exp",
            "Log",
            "Sqrt",
            "Pow",
            "Sigmoid",
            "Tanh",
            "Relu",
            "LeakyRelu",
            "Elu",
            "Softplus",
            "Softmax",
            "Clip",
            "Min",
            "Max",
            "Gemm",
            "MatMul",
            "Identity",
            "Constant",
            "Cast",
            "Concat",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Slice",
            "Gather",
            "ArgMax",
            "ReduceSum",
            "ReduceMean",
            "Greater",
            "Less",
            "GreaterOrEqual",
            "LessOrEqual",
            "Equal",
            "And",
            "Or",
            "Not",
            "Where",
            "BatchNormalization");
    private static final Set<String> ML_OPERATORS = Set.of(
            "Scaler",
            "Normalizer",
            "Imputer",
            "Binarizer",
            "FeatureVectorizer",
            "ArrayFeatureExtractor",
            "LinearClassifier",
            "LinearRegressor",
            "TreeEnsembleClassifier",
            "TreeEnsembleRegressor",
            "TreeEnsemble",
            "SVMClassifier",
            "SVMRegressor",
            "OneHotEncoder",
            "LabelEncoder");

    private static final int MODEL_IR_VERSION = 1;
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPSET = 8;
    /** IR version, producer, its version, domain, model version, documentation, graph, operator sets, metadata. */
    private static final Set<Integer> MODEL_FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 14);

    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    /** Nodes, name, initialisers, documentation, inputs, outputs, value infos, metadata. */
    private static final Set<Integer> GRAPH_FIELDS = Set.of(1, 2, 5, 10, 11, 12, 13, 16);

    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int NODE_DOMAIN = 7;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_TENSORS = 10;
    /** A graph, graphs, and references into functions. */
    private static final Set<Integer> ATTRIBUTE_FORBIDDEN = Set.of(6, 11, 21, 22, 23);

    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;

    private OnnxGraph() {}

    /** What came of looking. */
    sealed interface Look {
        /** Nothing is amiss. */
        record Fine() implements Look {}

        /** It is no ONNX model. */
        record NoModel() implements Look {}

        /**
         * It holds something that is not allowed.
         *
         * @param what named for a reviewer; never bytes of the file beyond an operator's name
         */
        record Forbidden(String what) implements Look {}
    }

    /** Looks through a file's bytes. */
    static Look look(byte[] file) {
        Optional<List<ProtoFields.Field>> model = ProtoFields.of(file);
        if (model.isEmpty()
                || one(model.get(), MODEL_GRAPH).isEmpty()
                || model.get().stream().noneMatch(f -> f.number() == MODEL_IR_VERSION)
                || model.get().stream().noneMatch(f -> f.number() == MODEL_OPSET)) {
            return new Look.NoModel();
        }
        List<String> found = new ArrayList<>();
        unknown(model.get(), MODEL_FIELDS, "functions or training information", found);
        boolean whole = one(model.get(), MODEL_GRAPH)
                .filter(graph -> graph(graph.bytes(), found))
                .isPresent();
        if (!whole) {
            return new Look.NoModel();
        }
        return found.isEmpty() ? new Look.Fine() : new Look.Forbidden(found.getFirst());
    }

    private static boolean graph(byte[] bytes, List<String> found) {
        return ProtoFields.each(bytes, fields -> {
            unknown(fields, GRAPH_FIELDS, "sparse or quantised weights", found);
            boolean whole = true;
            for (ProtoFields.Field field : fields) {
                whole &= switch (field.number()) {
                    case GRAPH_NODE -> node(field.bytes(), found);
                    case GRAPH_INITIALIZER -> tensor(field.bytes(), found);
                    default -> true;
                };
            }
            return whole;
        });
    }

    private static boolean node(byte[] bytes, List<String> found) {
        return ProtoFields.each(bytes, fields -> {
            String operator = text(fields, NODE_OPERATOR);
            String domain = text(fields, NODE_DOMAIN);
            boolean allowed = switch (domain) {
                case "", "ai.onnx" -> OPERATORS.contains(operator);
                case "ai.onnx.ml" -> ML_OPERATORS.contains(operator);
                default -> false;
            };
            if (!allowed) {
                found.add("operator " + (operator.matches("[A-Za-z0-9]{1,40}") ? operator : "?"));
            }
            return fields.stream()
                    .filter(field -> field.number() == NODE_ATTRIBUTE)
                    .map(field -> attribute(field.bytes(), found))
                    .reduce(true, Boolean::logicalAnd);
        });
    }

    private static boolean attribute(byte[] bytes, List<String> found) {
        return ProtoFields.each(bytes, fields -> {
            if (fields.stream().anyMatch(field -> ATTRIBUTE_FORBIDDEN.contains(field.number()))) {
                found.add("a nested graph");
            }
            return fields.stream()
                    .filter(field -> field.number() == ATTRIBUTE_TENSOR || field.number() == ATTRIBUTE_TENSORS)
                    .map(field -> tensor(field.bytes(), found))
                    .reduce(true, Boolean::logicalAnd);
        });
    }

    private static boolean tensor(byte[] bytes, List<String> found) {
        return ProtoFields.each(bytes, fields -> {
            if (fields.stream()
                    .anyMatch(field -> field.number() == TENSOR_EXTERNAL_DATA
                            || (field.number() == TENSOR_DATA_LOCATION && field.varint() != 0))) {
                found.add("weights in another file");
            }
            return true;
        });
    }

    private static void unknown(List<ProtoFields.Field> fields, Set<Integer> known, String what, List<String> found) {
        if (fields.stream().anyMatch(field -> !known.contains(field.number()))) {
            found.add(what);
        }
    }

    private static Optional<ProtoFields.Field> one(List<ProtoFields.Field> fields, int number) {
        List<ProtoFields.Field> all =
                fields.stream().filter(field -> field.number() == number).toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** The text of a field; of several the last, as every reader of this encoding takes it. */
    private static String text(List<ProtoFields.Field> fields, int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .reduce((first, last) -> last)
                .map(field -> new String(field.bytes(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
