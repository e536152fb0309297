#!/usr/bin/env bash
# A fleet under Prefect: npm run test:prefect
#
# Makes an environment for Prefect (kept in ~/.cache/zendesk-connector until its versions change), builds the hub, starts Prefect's
# server, and lets deploy/prefect sync accounts of sandboxes: one sync is killed, one account has a wrong token, one is paused.
# Prints a line for each check; the last one is "N passed, N failed". Exits with 77 where Prefect cannot be had.
exec bash "$(dirname "$0")/../fleets/run.sh" prefect
