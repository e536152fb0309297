# The Airbyte source and destination, each in an image. Any base with Node 24 or newer and a shell will do.
#
#   docker build -t airbyte/source-zendesk .                         builds the program inside
#   docker build -t airbyte/source-zendesk --build-arg DIST=local .  takes dist/ from the last `npm run build`
#   docker build -t airbyte/destination-zendesk --target destination .
#
# Nothing here needs BuildKit: engines that only have the classic builder build it too.
ARG BASE_IMAGE=node:26-slim

FROM ${BASE_IMAGE} AS build
ARG DIST=built
# For builds behind a mirror of the npm registry; it stays in this stage.
ARG NPM_CONFIG_REGISTRY
WORKDIR /project
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/
COPY bench/package.json bench/
# No install scripts: the one that matters here would download a second Node.
RUN [ "$DIST" = local ] || npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN [ "$DIST" = local ] || node tools/build.ts connector
# package.json says that dist/ is made of ES modules.
RUN mkdir -p /image/integration_code /ledger \
  && cp -R dist package.json LICENSE /image/integration_code/ \
  && chown -R 0:0 /image \
  && chmod -R u=rwX,go=rX /image

FROM ${BASE_IMAGE} AS programs
ENV NODE_ENV=production
# The code is root's: whoever runs it cannot change it.
COPY --from=build /image/ /airbyte/
# By number, since a base need not know the user. Airbyte's own images run as 1000 too.
USER 1000:1000
WORKDIR /airbyte/integration_code
# Young objects are collected earlier: with the next line a third less memory, for a tenth more time (docs/performance.md).
ENV NODE_OPTIONS=--max-semi-space-size=4
# The threads that unzip and collect keep less memory each for themselves, and that of a page goes back to the system (glibc).
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072

FROM programs AS destination
ARG VERSION=0.1.0
LABEL io.airbyte.name=airbyte/destination-zendesk \
      io.airbyte.version=${VERSION}
ENV AIRBYTE_ENTRYPOINT="node /airbyte/integration_code/dist/destination-zendesk.js"
# The ledger and rejected rows are in the working directory, unless "folder" says otherwise: mount something that outlives it.
COPY --from=build --chown=1000:1000 /ledger/ /ledger/
WORKDIR /ledger
ENTRYPOINT ["node", "/airbyte/integration_code/dist/destination-zendesk.js"]

FROM programs AS source
ARG VERSION=0.1.0
LABEL io.airbyte.name=airbyte/source-zendesk \
      io.airbyte.version=${VERSION}
ENV AIRBYTE_ENTRYPOINT="node /airbyte/integration_code/dist/source-zendesk.js"
# A list, not a line for a shell: node is the first process and SIGTERM reaches it.
ENTRYPOINT ["node", "/airbyte/integration_code/dist/source-zendesk.js"]
