import { scramVerifier } from "./scram";
import type { Session } from "../../world/index";

/** A database of an application, and its one user. */
export interface ApplicationDatabase {
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** Creates user and database, or brings them up to date; `master` is a session of the master user, `salt` 16 random bytes. */
export async function createDatabase(
  master: Session,
  wanted: ApplicationDatabase,
  salt: Buffer,
): Promise<void> {
  const [user, database] = [quoted(wanted.user), quoted(wanted.database)];
  const known = await master.run("SELECT FROM pg_roles WHERE rolname = $1", wanted.user);
  const verifier = scramVerifier(wanted.password, salt);
  await master.run(`${known > 0 ? "ALTER" : "CREATE"} ROLE ${user} LOGIN PASSWORD '${verifier}'`);
  // Only a member of a role may give it a database, and the master user of RDS is no superuser.
  await master.run(`GRANT ${user} TO CURRENT_USER`);
  const exists = await master.run("SELECT FROM pg_database WHERE datname = $1", wanted.database);
  if (exists > 0) await master.run(`ALTER DATABASE ${database} OWNER TO ${user}`);
  else await master.run(`CREATE DATABASE ${database} OWNER ${user}`);
  await master.run(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await master.run(`GRANT CONNECT ON DATABASE ${database} TO ${user}`);
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
