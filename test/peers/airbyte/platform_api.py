"""Airbyte's API as far as deploy/airbyte asks it: what is asked has to be what Airbyte's own client would ask."""

from __future__ import annotations

import json
import re
import uuid
import warnings
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import airbyte_api
import requests
from airbyte_api import api, models
from official_models import lost
from program import Json

WORKSPACE = str(uuid.uuid4())
TOKEN = "a token for some minutes"
Streams = Callable[[Json], list[Json]]


class Platform:
    """A workspace. `streams` discovers those of a source, by its configuration, as Airbyte's API shows them."""

    def __init__(self, streams: Streams) -> None:
        self.kept: dict[str, dict[str, Json]] = {kind: {} for kind in ("definitions", "destinations", "sources", "connections")}
        self.made: list[str] = []
        # The bodies that asked for a token.
        self.signed_in: list[Json] = []
        self.faults: list[str] = []
        self._streams = streams
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/public/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def keep(self, kind: str, key: str, one: Json) -> Json:
        id = str(uuid.uuid4())
        self.kept[kind][id] = {**one, key: id}
        return self.kept[kind][id]

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Json) -> Any:
        """What Airbyte answers. Notes what its own client would not have asked."""
        if path == "/applications/token":
            self.signed_in.append(body)
            return {"access_token": TOKEN}
        for fault in _unlike_client(self.url, method, path, query, body):
            self.faults.append(f"{method} {path}: {fault}")
        if path == "/streams":
            return self._streams(self.kept["sources"][query["sourceId"][0]]["configuration"])
        kind, key, id = _thing(path)
        if method == "GET":
            first, most = int(query.get("offset", ["0"])[0]), int(query.get("limit", ["20"])[0])
            return {"data": list(self.kept[kind].values())[first : first + most]}
        if id is None:
            self.made.append(f"{kind} {body['name']}")
            return self.keep(kind, key, body)
        self.kept[kind][id].update(body)
        return self.kept[kind][id]


def _thing(path: str) -> tuple[str, str, str | None]:
    found = re.fullmatch(r"(?:/workspaces/[^/]+)?/(definitions/sources|destinations|sources|connections)(?:/([^/]+))?", path)
    kind = found[1]
    return ("definitions", "id", found[2]) if kind == "definitions/sources" else (kind, f"{kind[:-1]}Id", found[2])


def _unlike_client(url: str, method: str, path: str, query: dict[str, list[str]], body: Json) -> Iterator[str]:
    """Lets Airbyte's client send the same: it reads the body by its models, and knows the path."""
    session = requests.Session()
    session.mount("http://", _Nowhere())
    try:
        _ask(airbyte_api.AirbyteAPI(server_url=url, client=session), method, path, query, body)
    except Sent as sent:
        theirs = urlsplit(sent.request.url)
        text = sent.request.body
        if (sent.request.method, theirs.path) != (method, urlsplit(url).path + path):
            yield f"Airbyte's client sends {sent.request.method} {theirs.path}"
    except Exception as error:  # noqa: BLE001
        yield f"Airbyte's models refuse it: {type(error).__name__}: {error}"
        return
    else:
        yield "Airbyte's client knows nothing like it"
        return
    yield from (f"not in Airbyte's query: {where}" for where in lost(query, parse_qs(theirs.query)))
    yield from (f"not in Airbyte's models: {where}" for where in lost(body, json.loads(text or "{}")))


def _ask(client: airbyte_api.AirbyteAPI, method: str, path: str, query: dict[str, list[str]], body: Json) -> None:
    limit, offset = (int(query.get(name, ["0"])[0]) for name in ("limit", "offset"))
    page = {"limit": limit, "offset": offset, "workspace_ids": query.get("workspaceIds")}
    id = path.rsplit("/", 1)[1]
    workspace = path.split("/")[2] if path.startswith("/workspaces/") else ""
    match method, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{}", path):
        case "GET", "/workspaces/{}/definitions/sources":
            client.source_definitions.list_source_definitions(api.ListSourceDefinitionsRequest(workspace_id=workspace))
        case "POST", "/workspaces/{}/definitions/sources":
            request = api.CreateSourceDefinitionRequest(_read(models.CreateDefinitionRequest, body), workspace)
            client.source_definitions.create_source_definition(request)
        case "PUT", "/workspaces/{}/definitions/sources/{}":
            update = _read(models.UpdateDefinitionRequest, body)
            request = api.UpdateSourceDefinitionRequest(definition_id=id, update_definition_request=update, workspace_id=workspace)
            client.source_definitions.update_source_definition(request)
        case "GET", "/sources":
            client.sources.list_sources(api.ListSourcesRequest(**page))
        case "POST", "/sources":
            client.sources.create_source(_read(models.SourceCreateRequest, body))
        case "PUT", "/sources/{}":
            client.sources.put_source(api.PutSourceRequest(id, _read(models.SourcePutRequest, body)))
        case "GET", "/destinations":
            client.destinations.list_destinations(api.ListDestinationsRequest(**page))
        case "POST", "/destinations":
            client.destinations.create_destination(_read(models.DestinationCreateRequest, body))
        case "PUT", "/destinations/{}":
            client.destinations.put_destination(api.PutDestinationRequest(id, _read(models.DestinationPutRequest, body)))
        case "GET", "/streams":
            request = api.GetStreamPropertiesRequest(query["sourceId"][0], query["destinationId"][0])
            client.streams.get_stream_properties(request)
        case "GET", "/connections":
            client.connections.list_connections(api.ListConnectionsRequest(**page))
        case "POST", "/connections":
            client.connections.create_connection(_read(models.ConnectionCreateRequest, body))
        case "PATCH", "/connections/{}":
            request = api.PatchConnectionRequest(_read(models.ConnectionPatchRequest, body), id)
            client.connections.patch_connection(request)


def _read(model: Any, body: Json) -> Any:
    """The body by this model. A configuration is for the connector to read: Airbyte's client has models of its own connectors alone."""
    if "configuration" not in body:
        return model.from_dict(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        read = model.from_dict({**body, "configuration": None})
    read.configuration = body["configuration"]
    return read


class Sent(Exception):
    """What Airbyte's client was about to send."""

    def __init__(self, request: requests.PreparedRequest) -> None:
        super().__init__(request.url)
        self.request = request


class _Nowhere(requests.adapters.BaseAdapter):
    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        raise Sent(request)

    def close(self) -> None:
        pass


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            address = urlsplit(self.path.removeprefix("/api/public/v1"))
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            if address.path != "/applications/token" and self.headers["authorization"] != f"Bearer {TOKEN}":
                self.send_error(401)
                return
            text = json.dumps(platform.answer(self.command, address.path, parse_qs(address.query), body)).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_PATCH = _answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
