import { defineConfig } from 'prisma/config';

/** Prisma's command line only: the product reads DATABASE_URL through src/config.ts. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
