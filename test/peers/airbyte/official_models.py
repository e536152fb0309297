"""Lines held against Airbyte's own models, strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from hashlib import blake2b
from typing import Any

import orjson
import airbyte_cdk.models as cdk
from airbyte_cdk.models.airbyte_protocol_serializers import custom_type_resolver
from airbyte_protocol.models import AirbyteMessage, AirbyteStateBlob
from pydantic import BaseModel, ValidationError
from serpyco_rs import SchemaValidationError, Serializer

PAYLOADS = {
    "RECORD": "record",
    "STATE": "state",
    "LOG": "log",
    "SPEC": "spec",
    "CONNECTION_STATUS": "connectionStatus",
    "CATALOG": "catalog",
    "TRACE": "trace",
    "CONTROL": "control",
}
TRACES = {"ERROR": "error", "ESTIMATE": "estimate", "STREAM_STATUS": "stream_status", "ANALYTICS": "analytics"}
WITH_DECIMAL_POINT = re.compile(rb'"sourceStats":\{"recordCount":\d+\.\d+\}')
YEAR_2020_MS = 1_577_836_800_000
# The CDK's own serializer leaves out nulls, also those of records.
WRITER = Serializer(cdk.AirbyteMessage, custom_type_resolver=custom_type_resolver)


# Every digit is the same to them.
ALIKE = bytes.maketrans(b"123456789", b"0" * 9)


def faults_of_line(line: bytes, known: set[bytes] | None = None) -> Iterator[str]:
    """
    What is wrong with one line (without its line break): as JSON, for either model, and for the protocol's text. Of lines that
    differ in digits alone the models get the first: `known` remembers them.
    """
    try:
        message = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        yield f"no JSON: {error}"
        return
    if not isinstance(message, dict):
        yield "no JSON object"
        return
    yield from _faults_of_shape(message, line)
    if known is not None:
        alike = blake2b(line.translate(ALIKE), digest_size=16).digest()
        if alike in known:
            return
        known.add(alike)
    yield from _faults_for_cdk(message)
    yield from _faults_for_pyairbyte(line)


def _faults_for_cdk(message: dict[str, Any]) -> Iterator[str]:
    """The CDK's models let unknown keys pass: they are missing when the message is written again."""
    try:
        again = WRITER.dump(cdk.AirbyteMessageSerializer.load(message))
    except SchemaValidationError as error:
        yield f"the CDK refuses it: {error}"
        return
    yield from (f"not in the CDK's models: {where}" for where in lost(message, again))


def lost(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """Where the second lacks or changes what the first says; what it says more are defaults."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from lost(value, after[key], f"{where}/{key}")
            else:
                yield f"{where}/{key}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from lost(one, other, f"{where}/{index}")
    else:
        yield f"{where} (becomes {after!r})"


def _faults_for_pyairbyte(line: bytes) -> Iterator[str]:
    try:
        message = AirbyteMessage.model_validate_json(line, strict=True)
    except ValidationError as error:
        yield f"PyAirbyte refuses it: {error}"
        return
    yield from (f"not in PyAirbyte's models: {where}" for where in extras_of(message))


def extras_of(value: Any, where: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from extras_of(item, f"{where}/{index}")
    elif isinstance(value, BaseModel) and not isinstance(value, AirbyteStateBlob):
        for key in value.model_extra or ():
            yield f"{where}/{key}"
        for key in value.model_fields_set:
            field = getattr(value, key, None)
            if not isinstance(field, (dict, str, int, float, Enum, type(None))):
                yield from extras_of(field, f"{where}/{key}")


def _faults_of_shape(message: dict[str, Any], line: bytes) -> Iterator[str]:
    """What the protocol says in words: one payload, the one of its type; times in milliseconds; counts as doubles."""
    kind = message.get("type")
    expected = {"type", PAYLOADS.get(str(kind))}
    if message.keys() != expected:
        yield f"a {kind} with the keys {', '.join(message)}"
        return
    payload = message[PAYLOADS[kind]]
    if kind == "STATE":
        if payload.get("type") != "STREAM" or not isinstance(payload.get("stream", {}).get("stream_state"), dict):
            yield "a STATE that is not of type STREAM, or has no stream_state"
        if not WITH_DECIMAL_POINT.search(line):
            yield "sourceStats.recordCount has no decimal point"
    if kind == "TRACE" and payload.keys() != {"type", "emitted_at", TRACES.get(str(payload.get("type")))}:
        yield f"a TRACE {payload.get('type')} with the keys {', '.join(payload)}"
    if kind in ("RECORD", "TRACE", "CONTROL") and not payload.get("emitted_at", 0) > YEAR_2020_MS:
        yield f"emitted_at is no time in milliseconds: {payload.get('emitted_at')}"


def faults_of_lines(lines: list[bytes], known: set[bytes] | None = None) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        for fault in faults_of_line(line, known):
            yield f"line {number}: {fault}: {line[:200].decode(errors='replace')}"
