#!/usr/bin/env python3
"""Trains an income-band model on the UCI Adult census and writes it as ONNX with its declaration and card.

    python3 docs/examples/models/train.py adult.csv OUTPUT_FOLDER      (docs/models.md says where adult.csv comes from)

Needs nothing but Python 3.9: a logistic regression by Newton's method (iteratively reweighted least squares) on sparse
rows, and the few Protocol Buffers fields an ONNX file of one Gemm and one Sigmoid has. Persons whose number is divisible
by four are kept out of the training; the card's figures are measured on them.
"""

import csv
import hashlib
import math
import struct
import sys
from pathlib import Path

NUMBERS = {
    "age": (17, 90),
    "education_num": (1, 16),
    "hours_per_week": (1, 99),
    "capital_gain": (0, 99999),
    "capital_loss": (0, 4356),
}
LISTS = ["workclass", "marital_status", "occupation", "relationship"]
EDGES = [("LOW", "低", "Low", 0.2), ("MIDDLE", "中", "Middle", 0.6), ("HIGH", "高", "High", None)]
THRESHOLD = 0.5
RIDGE = 1.0
ROUNDS = 12


def read(path):
    """The census, and the listed values of each categorical column in alphabetical order."""
    with open(path, encoding="utf-8", newline="") as file:
        persons = list(csv.DictReader(file))
    values = {column: sorted({p[column] for p in persons} - {""}) for column in LISTS}
    return persons, values


def features(person, values):
    """A person's inputs as {place: number}, in the declaration's order; None when one is missing."""
    if any(person[c] == "" for c in list(NUMBERS) + LISTS):
        return None
    row = {place: float(person[column]) for place, column in enumerate(NUMBERS)}
    at = len(NUMBERS)
    for column in LISTS:
        row[at + values[column].index(person[column])] = 1.0
        at += len(values[column])
    return row


def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


def solve(matrix, right):
    """Gaussian elimination with pivoting."""
    n = len(right)
    rows = [matrix[i][:] + [right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    solution = [0.0] * n
    for i in reversed(range(n)):
        solution[i] = (rows[i][n] - sum(rows[i][j] * solution[j] for j in range(i + 1, n))) / rows[i][i]
    return solution


def fit(rows, labels, width):
    """Weights and intercept that maximise the ridge-penalised likelihood. Numbers are scaled by their largest value."""
    scale = [max(1.0, float(high)) for _, high in NUMBERS.values()] + [1.0] * (width - len(NUMBERS))
    scaled = [[(place, value / scale[place]) for place, value in row.items()] + [(width, 1.0)] for row in rows]
    weights = [0.0] * (width + 1)
    for _ in range(ROUNDS):
        gradient = [-RIDGE * w for w in weights[:-1]] + [0.0]
        hessian = [[RIDGE if i == j and i < width else 0.0 for j in range(width + 1)] for i in range(width + 1)]
        for row, label in zip(scaled, labels):
            p = sigmoid(sum(weights[place] * value for place, value in row))
            curvature = p * (1.0 - p)
            for place, value in row:
                gradient[place] += (label - p) * value
                line = hessian[place]
                for other, number in row:
                    line[other] += curvature * value * number
        weights = [w + s for w, s in zip(weights, solve(hessian, gradient))]
    return [w / s for w, s in zip(weights, scale)], weights[-1]


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, value):
    """One Protocol Buffers field: a whole number, or bytes behind their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def onnx(weights, intercept):
    """The model's file: probability = Sigmoid(Gemm(features, weights, intercept)), onnx.proto3, IR version 8, opset 13."""

    def tensor(name, dims, numbers):
        raw = b"".join(struct.pack("<f", n) for n in numbers)
        return b"".join(field(1, d) for d in dims) + field(2, 1) + field(8, name) + field(9, raw)

    def value(name, width):
        shape = field(1, field(2, "batch")) + field(1, field(1, width))
        return field(1, name) + field(2, field(1, field(1, 1) + field(2, shape)))

    def node(operator, inputs, output):
        return b"".join(field(1, i) for i in inputs) + field(2, output) + field(4, operator)

    graph = (
        field(1, node("Gemm", ["features", "weights", "intercept"], "logit"))
        + field(1, node("Sigmoid", ["logit"], "probability"))
        + field(2, "income-band")
        + field(5, tensor("weights", [len(weights), 1], weights))
        + field(5, tensor("intercept", [1], [intercept]))
        + field(11, value("features", len(weights)))
        + field(12, value("probability", 1))
    )
    return field(1, 8) + field(2, "train.py") + field(7, graph) + field(8, field(1, "") + field(2, 13))


def quality(group, judged):
    """Measurements over (probability, truth) pairs."""
    selected = [(p >= THRESHOLD, truth) for p, truth in judged]
    rich = [s for s, truth in selected if truth]
    return (
        f"    - {{ group: {group}, persons: {len(judged)}"
        f", accuracy: {sum(s == t for s, t in selected) / len(selected):.4f}"
        f", selected: {sum(s for s, _ in selected) / len(selected):.4f}"
        f", found: {sum(rich) / len(rich):.4f} }}"
    )


def declaration(file, digest, values, groups):
    inputs = [
        f"- {{ name: {c}, column: {c}, type: number, bounds: [{low}, {high}] }}" for c, (low, high) in NUMBERS.items()
    ] + [
        f"- {{ name: {c}, column: {c}, type: listed, encoded: one-hot, values: [{', '.join(values[c])}] }}" for c in LISTS
    ]
    bands = [
        f"- {{ label: {label}, title: {{ zh: {zh}, en: {en} }}{'' if upper is None else f', upper: {upper}'} }}"
        for label, zh, en, upper in EDGES
    ]
    newline = "\n"
    return f"""model: income-band
version: 1
title: {{ zh: 家庭收入分档, en: Income band }}
onnx: {{ file: {file}, sha256: {digest}, input: features, output: probability, column: 0 }}
features: census
fields:
  person_id: {{ role: subject, normalisation: code }}
  fnlwgt: {{ role: match, normalisation: code }}   # stands for a name: what a caller must know of the person already
inputs:
{newline.join(inputs)}
bands:
{newline.join(bands)}
min_group_size: 10
requery_interval: PT0S
source: {{ provider: {{ zh: 普查机构, en: Census bureau }} }}
card:
  purpose: {{ zh: 演示：按收入可能性分档，不得用于对个人的决定, en: "Demonstration: bands of likely income; not for decisions on anybody" }}
  training_data: {{ zh: UCI Adult 1994 年普查微数据的四分之三, en: Three quarters of the UCI Adult census microdata of 1994 }}
  trained_on: 2026-11-21
  limits: {{ zh: 只反映 1994 年美国的情况；对女性高收入者识别率较低, en: Knows the United States of 1994 only; finds fewer of the well-paid women }}
  owner: {{ zh: 示例作者, en: The author of the example }}
  quality:
    threshold: {THRESHOLD}
    groups:
{newline.join(groups)}
"""


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    persons, values = read(sys.argv[1])
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    width = len(NUMBERS) + sum(len(v) for v in values.values())
    rows, labels, held_out = [], [], []
    for person in persons:
        row, rich = features(person, values), person["income"] == ">50K"
        if row is None:
            continue
        if int(person["person_id"]) % 4 == 0:
            held_out.append((person, row, rich))
        else:
            rows.append(row)
            labels.append(1.0 if rich else 0.0)
    weights, intercept = fit(rows, labels, width)
    # What a runtime computes with 32-bit weights is what is measured.
    weights = [struct.unpack("<f", struct.pack("<f", w))[0] for w in weights]
    judged = [(p, sigmoid(intercept + sum(weights[k] * v for k, v in row.items())), rich) for p, row, rich in held_out]
    groups = [quality("all", [(s, t) for _, s, t in judged])] + [
        quality(f"sex={sex}", [(s, t) for p, s, t in judged if p["sex"] == sex]) for sex in ("Female", "Male")
    ]
    file = onnx(weights, intercept)
    (out / "income-band.onnx").write_bytes(file)
    digest = hashlib.sha256(file).hexdigest()
    (out / "income-band.yaml").write_text(
        declaration("income-band.onnx", digest, values, groups), encoding="utf-8"
    )
    print("\n".join(groups))


main()
