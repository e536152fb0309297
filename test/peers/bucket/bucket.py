"""The destination keeps rejected rows in a bucket of moto, with signatures that are checked: bucket.py NODE PROJECT WORK."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

# What sets the account up asks without a signature; everybody after that is asked for one.
SET_UP = 4
os.environ |= {"INITIAL_NO_AUTH_ACTION_COUNT": str(SET_UP), "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

node, project, work = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
passed = failed = 0


def check(what: str, holds: object, note: object = "") -> None:
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    print(f"{'ok  ' if holds else 'FAIL'} {what}{'' if holds else f': {note}'}", flush=True)


def file(name: str, content: object) -> str:
    (work / name).write_text(json.dumps(content))
    return str(work / name)


def run(*arguments: str, rows: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    lines = [{"type": "RECORD", "record": {"stream": "users", "data": row, "emitted_at": 1}} for row in rows or []]
    state = {"type": "STREAM", "stream": {"stream_descriptor": {"name": "users"}, "stream_state": {}}}
    text = "".join(f"{json.dumps(one)}\n" for one in [*lines, {"type": "STATE", "state": state}])
    program = [node, str(project / "dist/destination-zendesk.js"), *arguments]
    done = subprocess.run(program, input=text, capture_output=True, text=True, check=False, timeout=120, cwd=work)
    return [json.loads(line) for line in done.stdout.splitlines()]


server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
url = "http://{}:{}".format(*server.get_host_and_port())


def client(name: str, **more: str) -> Any:
    return boto3.client(name, endpoint_url=url, region_name="eu-central-1", **more)


iam = client("iam")
iam.create_user(UserName="writer")
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="writer", PolicyName="all", PolicyDocument=json.dumps(policy))
key = iam.create_access_key(UserName="writer")["AccessKey"]
place = {"LocationConstraint": "eu-central-1"}
client("s3").create_bucket(Bucket="rejected", CreateBucketConfiguration=place)
s3 = client("s3", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])

sandbox = subprocess.Popen(
    [node, str(project / "sandbox/dist/zendesk-sandbox.js"), "--port", "0", "--no-limits", "--tickets", "20"],
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
)
try:
    account = next(json.loads(found[0]) for line in sandbox.stderr if (found := re.search(r'\{.*"base_url".*\}', line)))
    bucket = {
        "storage_type": "S3", "access_key_id": key["AccessKeyId"], "secret_access_key": key["SecretAccessKey"],
        "s3_bucket_name": "rejected", "s3_bucket_region": "eu-central-1", "bucket_path": "zendesk/a b", "s3_endpoint": url,
    }
    config = file("config.json", {**account, "folder": str(work / "ledger"), "object_storage_config": bucket})
    wrong = {**bucket, "secret_access_key": "not-the-secret-of-this-key"}
    refused = file("wrong.json", {**account, "folder": str(work / "ledger"), "object_storage_config": wrong})
    stream = {"stream": {"name": "users", "json_schema": {}}, "sync_mode": "full_refresh", "primary_key": [["external_id"]]}
    catalog = file("catalog.json", {"streams": [{**stream, "destination_sync_mode": "append_dedup"}]})

    def status(path: str) -> Any:
        return run("check", "--config", path)[-1]["connectionStatus"]

    check("check puts an object and deletes it", status(config)["status"] == "SUCCEEDED", status(config))
    check("a wrong secret is refused", status(refused)["status"] == "FAILED", status(refused))
    rows = [{"external_id": f"b-{nth}", "name": "Ann Müller", "email": "none"} for nth in range(3)]
    lines = run("write", "--config", config, "--catalog", catalog, rows=rows)
    objects = s3.list_objects_v2(Bucket="rejected").get("Contents", [])
    check("a state leaves, and before it an object came", [one["type"] for one in lines].count("STATE") == len(objects) == 1, lines)
    text = s3.get_object(Bucket="rejected", Key=objects[0]["Key"])["Body"].read().decode()
    check("it holds the whole rows", [json.loads(line)["record"] for line in text.splitlines()] == rows, text)
    again = run("replay", f"s3://rejected/{objects[0]['Key']}", "--config", config)
    after = s3.list_objects_v2(Bucket="rejected")["Contents"]
    check("replay takes them from there; what is rejected again is a new object", len(after) == 2, again)
finally:
    sandbox.terminate()
    server.stop()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
