"""What happens in the account between two reads: of all kinds of records some are made, changed and deleted."""

from __future__ import annotations

from common import Json, Sandbox, expect

ROUNDS = 8
CHANGES = 15
BREAK = 20 * 60


def change(account: Sandbox, seed: int) -> str:
    """Changes the account over some hours; gives how many changes there were."""
    made = 0
    for number in range(ROUNDS):
        made += sum(account.change(CHANGES, seed + number).values())
        account.advance(BREAK)
    made += configuration(account) + people(account)
    account.advance(BREAK)
    made += help_center(account) + community(account)
    # The exports withhold the newest minute, and metric events appear up to a quarter of an hour late.
    account.advance(BREAK)
    return f"{made} changes"


class Sending:
    """Sends writes and counts them."""

    def __init__(self, account: Sandbox) -> None:
        self._account = account
        self.count = 0

    def __call__(self, method: str, path: str, body: Json | None = None) -> Json:
        self.count += 1
        return self._account.send(method, path, body) or {}

    def rows(self, path: str, name: str) -> list[Json]:
        """The first page of a list; there have to be rows."""
        rows = self._account.send("GET", path)[name]
        expect(rows, f"{path} has no rows")
        return rows


def configuration(account: Sandbox) -> int:
    """Business rules, fields, brands, schedules, Talk."""
    send = Sending(account)
    actions = [{"field": "status", "value": "solved"}]
    conditions = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}], "any": []}
    hours = {"field": "NEW", "operator": "greater_than", "value": "24"}
    for name, values in (
        ("macros", {"actions": actions}),
        ("triggers", {"actions": actions, "conditions": conditions}),
        ("automations", {"actions": actions, "conditions": {"all": [*conditions["all"], hours], "any": []}}),
    ):
        one = name.removesuffix("s")
        before = send.rows(f"{name}?page[size]=100", name)
        send("POST", name, {one: {"title": f"A new one of the {name}", **values}})
        send("PUT", f"{name}/{before[0]['id']}", {one: {"title": "Another title"}})
        send("DELETE", f"{name}/{before[-1]['id']}")
    for name, key in (("user_fields", "new_one"), ("organization_fields", "new_one")):
        one = name.removesuffix("s")
        before = send.rows(f"{name}?page[size]=100", name)
        send("POST", name, {one: {"type": "text", "title": "A new one", "key": key}})
        send("PUT", f"{name}/{before[0]['id']}", {one: {"title": "Another title"}})
        send("DELETE", f"{name}/{before[-1]['id']}")
    policies = send.rows("slas/policies", "sla_policies")
    send("PUT", f"slas/policies/{policies[0]['id']}", {"sla_policy": {"title": "Another title"}})
    schedules = send.rows("business_hours/schedules", "schedules")
    send("PUT", f"business_hours/schedules/{schedules[0]['id']}", {"schedule": {"name": "Another name"}})
    send("POST", "business_hours/schedules", {"schedule": {"name": "A new one", "time_zone": "Berlin"}})
    brands = send.rows("brands", "brands")
    send("PUT", f"brands/{brands[0]['id']}", {"brand": {"name": "Another name"}})
    send("POST", "brands", {"brand": {"name": "A new one", "subdomain": "newone"}})
    roles = send.rows("custom_roles", "custom_roles")
    send("PUT", f"custom_roles/{roles[-1]['id']}", {"custom_role": {"description": "Another text"}})
    lines = send.rows("channels/voice/phone_numbers", "phone_numbers")
    send("PUT", f"channels/voice/phone_numbers/{lines[0]['id']}", {"phone_number": {"nickname": "Another name"}})
    ticket = send.rows("tickets?page[size]=1&sort=-updated_at", "tickets")[0]
    send("POST", "skips", {"skip": {"ticket_id": ticket["id"], "reason": "Not now"}})
    return send.count


def people(account: Sandbox) -> int:
    """Memberships and identities."""
    send = Sending(account)
    organizations = send.rows("organizations?page[size]=100", "organizations")
    memberships = send.rows("organization_memberships?page[size]=100", "organization_memberships")
    member = memberships[0]
    other = next(one["id"] for one in organizations if one["id"] != member["organization_id"])
    send("DELETE", f"organization_memberships/{memberships[-1]['id']}")
    new = {"user_id": member["user_id"], "organization_id": other}
    send("POST", "organization_memberships", {"organization_membership": new})
    of_groups = send.rows("group_memberships?page[size]=100", "group_memberships")
    groups = [one for one in send.rows("groups?page[size]=100", "groups") if not one["deleted"]]
    agent = of_groups[0]["user_id"]
    joined = {one["group_id"] for one in of_groups if one["user_id"] == agent}
    group = next(one["id"] for one in groups if one["id"] not in joined)
    send("POST", "group_memberships", {"group_membership": {"user_id": agent, "group_id": group}})
    send("DELETE", f"group_memberships/{next(one['id'] for one in of_groups[::-1] if not one['default'])}")
    users = send.rows("users?role=end-user&page[size]=100", "users")
    address = {"type": "email", "value": "second-address@example.com"}
    send("POST", f"users/{users[0]['id']}/identities", {"identity": address})
    for user in users[1:]:
        identities = send.rows(f"users/{user['id']}/identities", "identities")
        if len(identities) > 1:
            send("DELETE", f"users/{user['id']}/identities/{identities[-1]['id']}")
            break
    return send.count


def help_center(account: Sandbox) -> int:
    """Articles and what belongs to them."""
    send = Sending(account)
    categories = send.rows("help_center/categories", "categories")
    send("PUT", f"help_center/categories/{categories[0]['id']}", {"category": {"position": 7}})
    sections = send.rows("help_center/sections", "sections")
    send("PUT", f"help_center/sections/{sections[0]['id']}", {"section": {"position": 7}})
    articles = send.rows("help_center/articles?per_page=100", "articles")
    first, second, last = articles[0], articles[1], articles[-1]
    text = {"locale": "en-us", "title": "A new one", "body": "<p>New.</p>"}
    rights = {name: first[name] for name in ("permission_group_id", "user_segment_id")}
    send("POST", f"help_center/sections/{sections[0]['id']}/articles", {"article": {**text, **rights}})
    send("DELETE", f"help_center/articles/{last['id']}")
    # One article that is edited, and one that is not, get a comment and a vote each.
    send("PUT", f"help_center/articles/{first['id']}", {"article": {"promoted": not first["promoted"]}})
    for article in (first, second):
        comment = {"body": "A new one", "locale": article["source_locale"]}
        made = send("POST", f"help_center/articles/{article['id']}/comments", {"comment": comment})
        send("POST", f"help_center/articles/{article['id']}/up")
        send("POST", f"help_center/articles/{article['id']}/comments/{made['comment']['id']}/up")
    return send.count


def community(account: Sandbox) -> int:
    """Posts and what belongs to them."""
    send = Sending(account)
    topics = send.rows("community/topics", "topics")
    send("PUT", f"community/topics/{topics[0]['id']}", {"topic": {"description": "Another text"}})
    post = {"title": "A new one", "details": "Text", "topic_id": topics[0]["id"]}
    send("POST", "community/posts", {"post": post})
    posts = send.rows("community/posts?page[size]=100", "posts")
    send("PUT", f"community/posts/{posts[0]['id']}", {"post": {"title": "Another title"}})
    send("DELETE", f"community/posts/{posts[-1]['id']}")
    made = send("POST", f"community/posts/{posts[1]['id']}/comments", {"comment": {"body": "A new one"}})
    send("POST", f"community/posts/{posts[1]['id']}/up")
    send("POST", f"community/posts/{posts[1]['id']}/comments/{made['comment']['id']}/up")
    return send.count
