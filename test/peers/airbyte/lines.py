"""Lines of the program that other tests have kept, held against Airbyte's models."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from checks import Checks, fail_on
from official_models import faults_of_line, faults_of_lines


def check_lines(checks: Checks, kept: Path) -> None:
    checks.run("the official models refuse what is wrong", models_refuse_faults)
    if any(kept.rglob("*.jsonl")):
        checks.run("lines kept by other tests: official models", partial(kept_lines, kept))
    else:
        checks.skip("lines kept by other tests", f"there is no *.jsonl in {kept.name}/; run npm test with KEEP_PROTOCOL_LINES")


def models_refuse_faults() -> str:
    """So that a green line means something: what these are given is wrong, or right, for one reason each."""
    record = b'{"type":"RECORD","record":{"stream":"a","emitted_at":1700000000000,"data":{"x":null}}}'
    state = (
        b'{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"a"},"stream_state":{"x":1}},'
        b'"sourceStats":{"recordCount":1.0}}}'
    )
    log = b'{"type":"LOG","log":{"level":"INFO","message":"x"}}'
    wrong = [
        b"plain text",
        b"[]",
        b'{"type":"RECORD"}',
        record.replace(b"1700000000000", b"1700000000"),
        record.replace(b"1700000000000", b"1700000000000.5"),
        record.replace(b'{"x":null}', b"null"),
        record.replace(b'"stream":"a",', b'"stream":"a","more":1,'),
        record.replace(b'"type":"RECORD"', b'"type":"LOG"'),
        state.replace(b"1.0", b"1"),
        state.replace(b'"recordCount"', b'"more":1,"recordCount"'),
        state.replace(b'{"x":1}', b"[]"),
        log.replace(b"INFO", b"LOUD"),
        log.replace(b'"x"', b"1"),
        log.replace(b'"log":', b'"state":null,"log":'),
    ]
    right = [record, state, log]
    fail_on(
        [f"not refused: {line.decode()}" for line in wrong if not list(faults_of_line(line))]
        + [f"refused: {fault}" for line in right for fault in faults_of_line(line)]
    )
    return f"{len(wrong)} of {len(wrong)}"


def kept_lines(folder: Path) -> str:
    """Each file holds the lines of many runs, so that their order says nothing."""
    files = sorted(folder.rglob("*.jsonl"))
    count = 0
    known: set[bytes] = set()
    for path in files:
        with path.open("rb") as file:
            lines = [line.removesuffix(b"\n") for line in file]
        fail_on(f"{path.name}, {fault}" for fault in faults_of_lines(lines, known))
        count += len(lines)
    return f"{count} lines in {len(files)} files, {len(known)} that differ in more than digits"
