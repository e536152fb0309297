#!/usr/bin/env bash
# A fleet under Dagster: npm run test:dagster
#
# Makes an environment for Dagster (kept in ~/.cache/zendesk-connector until its versions change), builds the hub, and lets
# Dagster's daemon sync accounts of sandboxes with deploy/dagster: one sync is killed, one account has a wrong token, one is
# paused. Prints a line for each check; the last one is "N passed, N failed". Exits with 77 where Dagster cannot be had.
exec bash "$(dirname "$0")/../fleets/run.sh" dagster
