/** Two pools: one for everything, Prisma too, and a small one for what is asked on every click. */

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = {
  pool: pg.Pool;
  /**
   * For named statements only. The server plans each once for a connection and keeps that plan: left to itself it finds that
   * these few values deserve a plan of their own, every time, and making it costs more than carrying it out.
   */
  hot: pg.Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
};

/** `max` connections; every session in UTC, or instants would shift by the server's zone. */
export function connect(url: string, max = 16): Database {
  const poolOf = (most: number, options: string) => {
    const pool = new pg.Pool({ connectionString: url, max: most, options, application_name: 'rond' });
    // A server that goes away breaks idle connections: the next query reconnects, the process goes on.
    pool.on('error', () => {});
    return pool;
  };
  const pool = poolOf(max, '-c timezone=UTC');
  const hot = poolOf(Math.min(max, 4), '-c timezone=UTC -c plan_cache_mode=force_generic_plan');
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    hot,
    prisma,
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), hot.end()]);
    },
  };
}
