import { createRequire } from "node:module";
import type * as pg from "pg";
import type { Postgresql } from "./index";

/** Loaded by the one command that needs it. */
const load = createRequire(__filename);
const connectSeconds = 15;

/** Servers that are reached through a tunnel or inside the VPC. */
export const postgresql: Postgresql = {
  async session({ host, port, database, user, password }, use) {
    const { Client } = load("pg") as typeof pg;
    const client = new Client({
      ...{ host, port, database, user, password },
      // Encrypted, not verified, as sslmode=require: RDS has an authority of its own, and the tunnel ends in the VPC.
      ssl: { rejectUnauthorized: false },
      connectionTimeoutMillis: connectSeconds * 1000,
    });
    // If a connection ends between two statements, the next statement reports it.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await use({
        run: async (statement, ...values) => (await client.query(statement, [...values])).rowCount ?? 0,
      });
    } finally {
      await client.end();
    }
  },
};
