"""Writes users with drt's own Zendesk destination: rows as JSON on standard input, what it says of them on standard output.

write_peer.py BASE_URL EMAIL TOKEN. drt is as it was published; only the address of the account is another one.
"""

import json
import sys
import time

from drt.config.models import SyncOptions, ZendeskDestinationConfig
from drt.destinations import zendesk

base_url, email, token = sys.argv[1:]
zendesk._ZENDESK_API_TEMPLATE = base_url
rows = json.load(sys.stdin)
config = ZendeskDestinationConfig(
    type="zendesk", subdomain="sandbox", email=email, api_token=token, object="user", id_field="external_id"
)
options = SyncOptions(mode="upsert", upsert_key=["external_id"], on_error="skip")
began = time.monotonic()
result = zendesk.ZendeskDestination().load(rows, config, options)
print(json.dumps({"success": result.success, "failed": result.failed, "seconds": time.monotonic() - began}))
