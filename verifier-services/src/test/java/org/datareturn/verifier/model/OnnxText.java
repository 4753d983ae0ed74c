package org.datareturn.verifier.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** ONNX files field by field, good ones and hostile ones: score = operator(features · weights + bias). */
final class OnnxText {
    private static final int FLOAT = 1;
    private static final int DOUBLE = 11;

    private final float[] weights;
    private final float bias;
    private String operator = "Sigmoid";
    private String domain = "";
    private int elementType = FLOAT;
    private int outputWidth = 1;
    private byte[] ofModel = {};
    private byte[] ofGraph = {};
    private byte[] ofNode = {};
    private byte[] ofTensor = {};

    private OnnxText(float bias, float... weights) {
        this.bias = bias;
        this.weights = weights.clone();
    }

    static OnnxText linear(float bias, float... weights) {
        return new OnnxText(bias, weights);
    }

    OnnxText operator(String name) {
        operator = name;
        return this;
    }

    OnnxText domain(String name) {
        domain = name;
        return this;
    }

    OnnxText ofDoubles() {
        elementType = DOUBLE;
        return this;
    }

    /** Fields more in the model, graph, last node or weights. */
    OnnxText with(byte[] model, byte[] graph, byte[] node, byte[] tensor) {
        ofModel = model;
        ofGraph = graph;
        ofNode = node;
        ofTensor = tensor;
        return this;
    }

    byte[] bytes() {
        byte[] gemm = all(text(1, "features"), text(1, "weights"), text(1, "bias"), text(2, "sum"), text(4, "Gemm"));
        byte[] last = all(text(1, "sum"), text(2, "score"), text(4, operator), text(7, domain), ofNode);
        byte[] graph = all(
                field(1, gemm),
                field(1, last),
                text(2, "test"),
                field(5, all(number(1, weights.length), tensor("weights", weights), ofTensor)),
                field(5, tensor("bias", bias)),
                field(11, value("features", weights.length)),
                field(12, value("score", outputWidth)),
                ofGraph);
        byte[] opset = all(text(1, ""), number(2, 13));
        byte[] more = domain.isEmpty() ? new byte[0] : field(8, all(text(1, domain), number(2, 1)));
        return all(number(1, 8), field(7, graph), field(8, opset), more, ofModel);
    }

    private byte[] tensor(String name, float... numbers) {
        boolean wide = elementType == DOUBLE;
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * (wide ? Double.BYTES : Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            if (wide) {
                raw.putDouble(number);
            } else {
                raw.putFloat(number);
            }
        }
        return all(
                number(1, name.equals("weights") ? 1 : numbers.length),
                number(2, elementType),
                text(8, name),
                field(9, raw.array()));
    }

    private byte[] value(String name, int width) {
        byte[] shape = all(field(1, text(2, "batch")), field(1, number(1, width)));
        return all(text(1, name), field(2, field(1, all(number(1, elementType), field(2, shape)))));
    }

    static byte[] text(int number, String value) {
        return field(number, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] number(int number, long value) {
        return all(varint((long) number << 3), varint(value));
    }

    static byte[] field(int number, byte[] value) {
        return all(varint(((long) number << 3) | 2), varint(value.length), value);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] all(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
