import type { AwsCall } from "../../lib/layer/aws-call";
import type { AwsRequest, Login } from "../../scripts/provision/world/index";
import type { FakeWorld } from "./fake-world";

/** A server that authenticates users by password once they are created, and records every statement. */
export class FakePostgresql {
  readonly statements: string[] = [];
  readonly logins: Login[] = [];
  /** What it says to the master user's statements instead of working. */
  refusal = "";
  private readonly users = new Set<string>();

  constructor(
    readonly world: FakeWorld,
    /** What Secrets Manager has, by the last part of the ARN. */
    private readonly secrets: Readonly<Record<string, string>>,
  ) {
    const { aws, postgresql } = world;
    const own = aws.send.bind(aws);
    Object.assign(aws, {
      send: (call: AwsCall, request: AwsRequest) =>
        // The lock and the journal of a run are where its states are.
        call.service === "s3" ? own(call, request) : Promise.resolve(this.secret(call)),
    });
    Object.assign(postgresql, { session: this.session });
  }

  /** The statements that create databases. */
  get creations(): readonly string[] {
    return this.statements.filter((statement) => statement.startsWith("CREATE DATABASE"));
  }

  private secret({ service, operation, input }: AwsCall) {
    if (`${service} ${operation}` !== "secrets-manager GetSecretValue")
      throw new Error(`no ${operation} here`);
    const name = "SecretId" in input ? String(input.SecretId).split(":").at(-1) : undefined;
    return { SecretString: this.secrets[name ?? ""] };
  }

  private readonly session: FakeWorld["postgresql"]["session"] = (login, use) => {
    this.logins.push(login);
    const known = login.user === "master" || this.users.has(login.user);
    if (!known) return Promise.reject(new Error(`password authentication failed for user "${login.user}"`));
    return use({
      run: (statement) => {
        if (this.refusal !== "" && login.user === "master") return Promise.reject(new Error(this.refusal));
        this.statements.push(statement);
        const [, user] = /^CREATE ROLE "([^"]+)"/.exec(statement) ?? [];
        if (user !== undefined) this.users.add(user);
        return Promise.resolve(0);
      },
    });
  };
}
