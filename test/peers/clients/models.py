"""
What the sandbox answers is held against the models of PyPI python-zendesk, which were made from Zendesk's own OpenAPI
description: every GET that both have, strictly. What is found beside wrong types: nulls where the description allows
none, and keys that it does not know. Where the description is known to differ from real accounts, excuses.py says so.
"""

from __future__ import annotations

import ast
import base64
import inspect
import json
import pkgutil
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Union, get_args, get_origin

import zendesk
import zendesk.types
from common import Checks, Json, Sandbox, arguments, fail_on, sandbox
from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType
from zendesk import models

from excuses import EXCUSES, NOT_SERVED, REAL_ACCOUNTS

TICKETS = 300


@dataclass(frozen=True)
class Operation:
    """A GET of the description: its path, the model of its answer, its parameters by the names that Python has."""

    name: str
    path: str
    answer: Any
    parameters: tuple[str, ...]


def operations() -> Iterator[Operation]:
    """All GETs, read off the client's code, once for each path."""
    seen: set[str] = set()
    for module in pkgutil.iter_modules(zendesk.__path__):
        if module.ispkg or module.name.startswith("_"):
            continue
        tree = ast.parse(inspect.getsource(import_module(f"zendesk.{module.name}")))
        for method in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
            found = _operation(method)
            if found and found.path not in seen:
                seen.add(found.path)
                yield found


def _operation(method: ast.FunctionDef) -> Operation | None:
    request: dict[str, Any] = {}
    answers = []
    for call in (one for one in ast.walk(method) if isinstance(one, ast.Call)):
        function = ast.unparse(call.func)
        if function == "self._build_request":
            request = {word.arg: getattr(word.value, "value", None) for word in call.keywords}
        if function == "unmarshal_json_response" and "errors." not in ast.unparse(call.args[0]):
            answers.append(ast.unparse(call.args[0]))
    if request.get("method") != "GET" or not answers:
        return None
    names = tuple(argument.arg for argument in method.args.kwonlyargs)
    answer = getattr(models, answers[0].removeprefix("models.")) if answers[0].startswith("models.") else dict[str, Any]
    return Operation(method.name, request["path"], answer, names)


# ---- deviations ------------------------------------------------------------------------------------------------------


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def deviations(model: Any, answer: Any) -> set[str]:
    """Where an answer is not what the description says: `Model.field: what`."""
    found: set[str] = set()
    try:
        adapter(model).validate_json(json.dumps(answer), strict=True)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            where = ".".join(str(part) for part in one["loc"] if isinstance(part, str) and part.isidentifier())
            found.add(f"{getattr(model, '__name__', model)}.{where}: {one['msg']}")
    found.update(_beside(model, answer, getattr(model, "__name__", "answer")))
    return found


def _beside(kind: Any, value: Any, where: str) -> Iterator[str]:
    """Nulls that are not allowed, and keys that are not known."""
    kind, nullable = _plain(kind)
    if value is None:
        if not nullable:
            yield f"{where}: is null"
        return
    members = get_args(kind) if get_origin(kind) is Union else (kind,)
    if len(members) > 1:
        kind = min(members, key=lambda one: _unfitness(one, value))
        kind, _ = _plain(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and isinstance(value, dict):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        for key, inner in value.items():
            if key in fields:
                yield from _beside(fields[key], inner, f"{kind.__name__}.{key}")
            elif kind.model_config.get("extra") != "allow" and fields:
                yield f"{kind.__name__}.{key}: is not in the description"
    elif get_origin(kind) in (list, dict) and isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _beside(get_args(kind)[-1], inner, f"{where}[]")


def _plain(kind: Any) -> tuple[Any, bool]:
    """The type without what is around it, and whether null is allowed. `Optional` here means that a key may be absent."""
    nullable = kind is Any
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (zendesk.types.Nullable, zendesk.types.OptionalNullable):
            kind, nullable = get_args(kind)[0], True
        elif isinstance(kind, TypeAliasType):
            kind = kind.__value__
        elif origin is Union and type(None) in get_args(kind):
            rest = tuple(one for one in get_args(kind) if one is not type(None))
            kind = Union[rest]
        elif kind is Any:
            return kind, True
        else:
            return kind, nullable


def _unfitness(kind: Any, value: Any) -> tuple[int, int]:
    try:
        adapter(kind).validate_json(json.dumps(value), strict=True)
        wrong = 0
    except ValidationError as error:
        wrong = error.error_count()
    return wrong, len(list(_beside(kind, value, "")))


# ---- what is asked ---------------------------------------------------------------------------------------------------


class Api:
    """The sandbox's API as its administrator sees it."""

    def __init__(self, account: Sandbox) -> None:
        given = account.credentials
        self.url = account.url
        self.token = base64.b64encode(f"{given['email']}/token:{given['apiToken']}".encode()).decode()
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.account = account

    def get(self, path: str, query: Json | None = None) -> tuple[int, Any]:
        return self.send("GET", path, query)

    def send(self, method: str, path: str, query: Json | None = None, body: Json | None = None) -> tuple[int, Any]:
        text = urllib.parse.urlencode(query or {})
        request = urllib.request.Request(
            f"{self.url}{path}{'?' if text else ''}{text}",
            None if body is None else json.dumps(body).encode(),
            {"authorization": f"Basic {self.token}", "content-type": "application/json"},
            method=method,
        )
        try:
            with self.opener.open(request, timeout=60) as response:
                raw = response.read()
                return response.status, json.loads(raw) if raw else None
        except urllib.error.HTTPError as error:
            raw = error.read()
            try:
                return error.code, json.loads(raw)
            except ValueError:
                return error.code, raw.decode(errors="replace")

    @cache
    def some(self, path: str, key: str) -> Any:
        """A record of a list, the one with the most in it."""
        status, answer = self.get(path)
        rows = answer.get(key) if status == 200 and isinstance(answer, dict) else None
        return max(rows, key=lambda row: len(json.dumps(row))) if rows else None

    def id_of(self, path: str, key: str, name: str = "id") -> Any:
        row = self.some(path, key)
        return None if row is None else row.get(name)

    @cache
    def ticket(self) -> int | None:
        """A ticket with much in it."""
        status, answer = self.get("/api/v2/tickets", {"include": "comment_count"})
        rows = [row for row in answer["tickets"] if row["status"] != "closed"] if status == 200 else []
        return max(rows, key=lambda row: row.get("comment_count") or 0)["id"] if rows else None


# How a parameter in a path is filled: from the list that holds such records.
LISTS = {
    "activity_id": ("/api/v2/activities", "activities"),
    "attribute_id": ("/api/v2/routing/attributes", "attributes"),
    "audit_log_id": ("/api/v2/audit_logs", "audit_logs"),
    "automation_id": ("/api/v2/automations", "automations"),
    "brand_agent_id": ("/api/v2/brand_agents", "brand_agents"),
    "brand_id": ("/api/v2/brands", "brands"),
    "custom_role_id": ("/api/v2/custom_roles", "custom_roles"),
    "custom_status_id": ("/api/v2/custom_statuses", "custom_statuses"),
    "deleted_user_id": ("/api/v2/deleted_users", "deleted_users"),
    "deletion_schedule_id": ("/api/v2/deletion_schedules", "deletion_schedules"),
    "dynamic_content_item_id": ("/api/v2/dynamic_content/items", "items"),
    "group_id": ("/api/v2/groups", "groups"),
    "group_membership_id": ("/api/v2/group_memberships", "group_memberships"),
    "group_sla_policy_id": ("/api/v2/group_slas/policies", "group_sla_policies"),
    "id": ("/api/v2/suspended_tickets", "suspended_tickets"),
    "job_status_id": ("/api/v2/job_statuses", "job_statuses"),
    "locale_id": ("/api/v2/locales", "locales"),
    "macro_id": ("/api/v2/macros", "macros"),
    "oauth_client_id": ("/api/v2/oauth/clients", "clients"),
    "oauth_token_id": ("/api/v2/oauth/tokens", "tokens"),
    "organization_field_id": ("/api/v2/organization_fields", "organization_fields"),
    "organization_id": ("/api/v2/organizations", "organizations"),
    "organization_membership_id": ("/api/v2/organization_memberships", "organization_memberships"),
    "organization_subscription_id": ("/api/v2/organization_subscriptions", "organization_subscriptions"),
    "queue_id": ("/api/v2/queues", "queues"),
    "request_id": ("/api/v2/requests", "requests"),
    "satisfaction_rating_id": ("/api/v2/satisfaction_ratings", "satisfaction_ratings"),
    "satisfaction_reason_id": ("/api/v2/satisfaction_reasons", "reasons"),
    "session_id": ("/api/v2/sessions", "sessions"),
    "sharing_agreement_id": ("/api/v2/sharing_agreements", "sharing_agreements"),
    "sla_policy_id": ("/api/v2/slas/policies", "sla_policies"),
    "support_address_id": ("/api/v2/recipient_addresses", "recipient_addresses"),
    "target_failure_id": ("/api/v2/target_failures", "target_failures"),
    "target_id": ("/api/v2/targets", "targets"),
    "ticket_form_id": ("/api/v2/ticket_forms", "ticket_forms"),
    "ticket_metric_id": ("/api/v2/ticket_metrics", "ticket_metrics"),
    "trigger_category_id": ("/api/v2/trigger_categories", "trigger_categories"),
    "trigger_id": ("/api/v2/triggers", "triggers"),
    "user_field_id": ("/api/v2/user_fields", "user_fields"),
    "view_id": ("/api/v2/views", "views"),
    "workspace_id": ("/api/v2/workspaces", "workspaces"),
}
# Those within another record: the list's path holds the other parameters.
WITHIN = {
    "attribute_value_id": ("/api/v2/routing/attributes/{attribute_id}/values", "attribute_values"),
    "custom_object_record_id": ("/api/v2/custom_objects/{custom_object_key}/records", "custom_object_records"),
    "custom_object_field_key_or_id": ("/api/v2/custom_objects/{custom_object_key}/fields", "custom_object_fields"),
    "dynammic_content_variant_id": ("/api/v2/dynamic_content/items/{dynamic_content_item_id}/variants", "variants"),
    "ticket_audit_id": ("/api/v2/tickets/{ticket_id}/audits", "audits"),
    "ticket_comment_id": ("/api/v2/requests/{request_id}/comments", "comments"),
    "ticket_field_option_id": ("/api/v2/ticket_fields/{ticket_field_id}/options", "custom_field_options"),
    "trigger_revision_id": ("/api/v2/triggers/{trigger_id}/revisions", "trigger_revisions"),
    "user_identity_id": ("/api/v2/users/{user_id}/identities", "identities"),
}


class Paths:
    """Fills in the parameters of paths and queries, from what the account holds."""

    def __init__(self, api: Api) -> None:
        self.api = api
        # What no list has: a merge, and a user who is gone for good.
        self.merge: str | None = None
        self.gone: int | None = None

    def filled(self, path: str) -> str | None:
        """The path with ids of real records; None if one can't be had."""
        names = re.findall(r"\{(\w+)\}", path)
        for name in names:
            value = self.gone if path.endswith("compliance_deletion_statuses") else self._value(name)
            if value is None:
                return None
            path = path.replace(f"{{{name}}}", urllib.parse.quote(str(value), safe=""))
        return path

    @cache
    def _value(self, name: str) -> Any:
        match name:
            case "ticket_id":
                return self.api.ticket()
            case "attachment_id":
                return self._attachment()
            case "user_id":
                return self.api.get("/api/v2/users/me")[1]["user"]["id"]
            case "ticket_field_id":
                rows = self.api.get("/api/v2/ticket_fields")[1].get("ticket_fields", [])
                return next((row["id"] for row in rows if row.get("custom_field_options")), None)
            case "custom_object_key":
                return self.api.id_of("/api/v2/custom_objects", "custom_objects", "key")
            case "incremental_resource":
                return "tickets"
            case "organization_merge_id":
                return self.merge
            case "webhook_id" | "invocation_id":
                return self._invoked().get(name)
        if name in WITHIN:
            path, key = WITHIN[name]
            whole = self.filled(path)
            return None if whole is None else self.api.id_of(whole, key)
        return self.api.id_of(*LISTS[name]) if name in LISTS else None

    def _attachment(self) -> int | None:
        for row in self.api.account.truth("ticket_comments")[0]:
            if row.get("attachments"):
                return row["attachments"][0]["id"]
        return None

    @cache
    def _invoked(self) -> Json:
        """An invocation that was attempted, and its webhook."""
        for webhook in self.api.get("/api/v2/webhooks")[1]["webhooks"]:
            path = f"/api/v2/webhooks/{webhook['id']}/invocations"
            for invocation in self.api.get(path)[1]["invocations"]:
                if self.api.get(f"{path}/{invocation['id']}/attempts")[1]["attempts"]:
                    return {"webhook_id": webhook["id"], "invocation_id": invocation["id"]}
        return {}

    def query(self, operation: Operation) -> Json:
        """What the description demands, and the pages that its client asks for."""
        query: Json = {}
        path = operation.path
        wanted = set(operation.parameters)
        if "page_size" in wanted:
            query["page[size]"] = 100
        if "start_time" in wanted:
            query["start_time"] = 0 if "sample" not in path else int(time.time()) - 10**7
        if path.endswith("/show_many") or path.endswith("count_many"):
            query |= self._many(path)
        elif path.startswith("/api/v2/search"):
            query["query"] = "type:ticket status<solved" if "export" not in path else "status<solved"
            if "export" in path:
                query["filter[type]"] = "ticket"
        elif path.endswith("requests/search"):
            query["query"] = "models"
        elif path.endswith("users/search"):
            query["query"] = "Stranger"
        elif path.endswith("requirements/fulfilled"):
            query["ticket_ids"] = self.api.ticket()
        elif path.endswith("organizations/search"):
            query["name"] = self.api.id_of("/api/v2/organizations", "organizations", "name") or "a"
        elif "query" in wanted:
            query["query"] = "e"
        if "autocomplete" in path:
            query["name"] = self._beginning(path)
        if path.endswith("/records/search"):
            query["query"] = "e"
        if path.endswith("check_host_mapping") and "brand_id" not in path:
            query |= {"host_mapping": "help.example.com", "subdomain": "example"}
        return query

    def _beginning(self, path: str) -> str:
        """How a name in a list begins that can be completed."""
        lists = {"tags": ("/api/v2/tags", "tags"), "organizations": ("/api/v2/organizations", "organizations")}
        if "custom_objects" in path:
            whole = self.filled("/api/v2/custom_objects/{custom_object_key}/records")
            name = whole and self.api.id_of(whole, "custom_object_records", "name")
        else:
            family = next((one for one in lists if one in path), None)
            name = self.api.id_of(*lists[family], "name") if family else None
        return (name or "Anna")[:3]

    def _many(self, path: str) -> Json:
        family = path.removeprefix("/api/v2/").rsplit("/", 1)[0]
        if family == "dynamic_content/items":
            row = self.api.some("/api/v2/dynamic_content/items", "items") or {}
            return {"identifiers": row.get("placeholder", "").strip("{} ").removeprefix("dc.")}
        if family == "tickets":
            return {"ids": f"{self.api.ticket()},1,2"}
        return {"ids": self.api.id_of(f"/api/v2/{family}", family.rsplit("/", 1)[-1]) or ""}


# Lists beside what was asked for, which few records have; and macros here have no attachments at all.
MAY_BE_EMPTY = ("facets", "jira_issue_ids", "followup_source_ids", "macro_attachments")

# ---- the checks ------------------------------------------------------------------------------------------------------


class Test:
    def __init__(self, checks: Checks, account: Sandbox) -> None:
        self.checks = checks
        self.api = Api(account)
        self.paths = Paths(self.api)
        self.unused = set(EXCUSES)
        self.used: Counter[str] = Counter()

    def prepare(self) -> None:
        """What an account has only once something was done, or what its administrator has none of by itself."""
        me = self.api.get("/api/v2/users/me")[1]["user"]["id"]
        ticket = self.api.ticket()
        organization = self.api.id_of("/api/v2/organizations", "organizations")
        person = {"name": "Anna Stranger", "email": "models@example.org"}
        self._do("POST", "users/create_many", {"users": [person]})
        gone = self._do("POST", "users", {"user": person | {"email": "models2@example.org"}})["user"]["id"]
        self._do("DELETE", f"users/{gone}")
        self._do("DELETE", f"deleted_users/{gone}")
        self.paths.gone = gone
        new = {"subject": "Models", "comment": {"body": "of what"}}
        self._do("DELETE", f"tickets/{self._do('POST', 'tickets', {'ticket': new})['ticket']['id']}")
        request = self._do("POST", "requests", {"request": new})["request"]["id"]
        self._do("PUT", f"requests/{request}", {"request": {"comment": {"body": "I ask again"}}})
        other = self._do("POST", "users", {"user": person | {"email": "models3@example.org"}})["user"]["id"]
        copies = {"followers": [{"user_id": me}], "email_ccs": [{"user_id": other}]}
        self._do("PUT", f"tickets/{ticket}", {"ticket": {"type": "problem"} | copies})
        self._do("POST", "tickets", {"ticket": new | {"type": "incident", "problem_id": ticket}})
        self._do("POST", "skips", {"skip": {"ticket_id": ticket, "reason": "not mine"}})
        self._do("PUT", f"users/{me}/tags", {"tags": ["a_stranger"]})
        self._do("PUT", f"organizations/{organization}/tags", {"tags": ["a_stranger"]})
        subscription = {"user_id": me, "organization_id": organization}
        self._do("POST", "organization_subscriptions", {"organization_subscription": subscription})
        loser = self._do("POST", "organizations", {"organization": {"name": "To be merged"}})["organization"]["id"]
        merge = {"organization_merge": {"winner_id": organization}}
        self.paths.merge = self._do("POST", f"organizations/{loser}/merge", merge)["organization_merge"]["id"]
        skill = self.paths.filled("{attribute_value_id}")
        for one in (f"tickets/{ticket}", f"agents/{me}"):
            self._do("POST", f"routing/{one}/instance_values", {"attribute_value_ids": [skill]})
        self.api.account.advance(120)

    def _do(self, method: str, path: str, body: Json | None = None) -> Any:
        status, answer = self.api.send(method, f"/api/v2/{path}", body=body)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {answer}")
        return answer

    def run(self, only: str) -> None:
        for operation in sorted(operations(), key=lambda one: one.path):
            if only in operation.path:
                reason = self._reason(operation.path)
                if reason is None:
                    self.checks.run(f"GET {operation.path}", lambda one=operation: self._hold(one))
                else:
                    self.checks.run(f"GET {operation.path} is not served", lambda one=operation: self._absent(one))
                    self.checks.excuse(f"GET {operation.path}", reason)

    @staticmethod
    def _reason(path: str) -> str | None:
        return next((why for start, why in NOT_SERVED.items() if re.fullmatch(start, path)), None)

    def _absent(self, operation: Operation) -> None:
        """What is said to be missing is: else the excuse goes."""
        path = re.sub(r"\{\w+\}", "1", operation.path)
        status, answer = self.api.get(path, self.paths.query(operation))
        absent = status == 404 and isinstance(answer, dict) and answer.get("error") == "InvalidEndpoint"
        fail_on([] if absent else [f"it answers with {status}: take it off NOT_SERVED"])

    def _hold(self, operation: Operation) -> str:
        path = self.paths.filled(operation.path)
        if path is None:
            _, answer = self.api.get(re.sub(r"\{\w+\}", "1", operation.path))
            served = not (isinstance(answer, dict) and answer.get("error") == "InvalidEndpoint")
            fail_on(["it is served, but there is no record to ask for" if served else "404 InvalidEndpoint"])
        status, answer = self.api.get(path, self.paths.query(operation))
        if status != 200:
            fail_on([f"{status} {str(answer)[:200]} ({path} {self.paths.query(operation)})"])
        empty = [key for key, value in answer.items() if value == [] and key not in MAY_BE_EMPTY]
        if empty and len(answer) <= 6 and not any(isinstance(value, list) and value for value in answer.values()):
            fail_on([f"{', '.join(empty)} is empty: nothing is checked"])
        found = deviations(operation.answer, answer)
        excused = {one for one in found if self._excused(one)}
        fail_on(sorted(found - excused))
        return f"{len(excused)} excused" if excused else "as described"

    def _excused(self, deviation: str) -> bool:
        if deviation in REAL_ACCOUNTS:
            return True
        for pattern in EXCUSES:
            if re.fullmatch(pattern, deviation):
                self.unused.discard(pattern)
                self.used[pattern] += 1
                return True
        return False


def main() -> int:
    given = arguments()
    print(f"# python-zendesk {version('python-zendesk')}", flush=True)
    checks = Checks("models")
    with sandbox(given.sandbox, "--tickets", str(TICKETS)) as account:
        test = Test(checks, account)
        test.prepare()
        test.run(given.only)
    if not given.only:
        checks.run("no excuse is left over", lambda: fail_on(f"never met: {one}" for one in sorted(test.unused)))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
