/** A PostgreSQL server in the VPC, and the databases that `provision` creates in it. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  /** Secrets Manager entry with `username` and `password` of the master user. */
  readonly masterUserSecretArn: string;
  /** Entry with PGDATABASE, PGUSER and PGPASSWORD of each application, by its name. */
  readonly databaseSecretArns: Readonly<Record<string, string>>;
  /** Setting that rotates those entries when it is increased and applied. */
  readonly versionSetting: string;
}
