"""Checks a list of people over one stream, with grpcio: one line an answer, `row answer-or-reason trace-id`.

Stubs are generated from the published contract; see docs/clients.md. The list is CSV in UTF-8 whose header names the
product's fields. Exit 0 when every row has its answer or reason, 1 when the node refused or a row number was used before
for another person.
"""

import argparse
import csv
import hashlib
import pathlib
import sys
import uuid

import grpc
from google.protobuf import timestamp_pb2

from datareturn.v1 import common_pb2, verification_pb2, verification_pb2_grpc

ROWS_A_MESSAGE = 1000
BATCH_ID_DIGITS = 16


def channel(args):
    operator = args.identities / "operators" / args.operator
    credentials = grpc.ssl_channel_credentials(
        root_certificates=(args.identities / "ca.crt.pem").read_bytes(),
        private_key=(operator / "key.pem").read_bytes(),
        certificate_chain=(operator / "cert.pem").read_bytes(),
    )
    return grpc.secure_channel(args.target, credentials)


def batch_id(path):
    """The same list is the same batch, to be gone on with; another list is another one."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:BATCH_ID_DIGITS]


def requests(args):
    with open(args.list, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        now = timestamp_pb2.Timestamp()
        now.GetCurrentTime()
        yield verification_pb2.VerifyBatchRequest(
            opening=verification_pb2.BatchOpening(
                grant_id=args.grant,
                product=args.product,
                purpose=common_pb2.PURPOSE_ADMINISTRATIVE_BASIS,
                region=args.region,
                batch_id=args.batch_id or batch_id(args.list),
                nonce=uuid.uuid4().hex,
                requested_at=now,
                field_names=next(rows),
            )
        )
        message = verification_pb2.BatchRows()
        for number, values in enumerate(rows, start=1):
            message.rows.add(row=number, values=values)
            if len(message.rows) == ROWS_A_MESSAGE:
                yield verification_pb2.VerifyBatchRequest(rows=message)
                message = verification_pb2.BatchRows()
        if message.rows:
            yield verification_pb2.VerifyBatchRequest(rows=message)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=pathlib.Path, help="CSV whose header names the product's fields")
    parser.add_argument("--identities", type=pathlib.Path, required=True)
    parser.add_argument("--operator", default="county-operator")
    parser.add_argument("--target", default="localhost:8443")
    parser.add_argument("--grant", required=True)
    parser.add_argument("--product", default="identity-check")
    parser.add_argument("--region", required=True)
    parser.add_argument("--batch-id", help="default: the first 16 hexadecimal digits of the list's SHA-256")
    args = parser.parse_args()
    differing = 0
    stub = verification_pb2_grpc.VerificationServiceStub(channel(args))
    try:
        for chunk in stub.VerifyBatch(requests(args)):
            for row in chunk.rows:
                told = row.reason or verification_pb2.VerificationAnswer.Name(row.answer)
                print(row.row, told.removeprefix("VERIFICATION_ANSWER_"), row.trace_id)
                differing += row.reason == "BATCH_ROW_DIFFERS"
    except grpc.RpcError as refused:
        print(refused.code().name, refused.details(), file=sys.stderr)
        return 1
    if differing:
        print(
            f"{differing} rows: this batch id was used for another list; leave --batch-id out, or choose another one",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
