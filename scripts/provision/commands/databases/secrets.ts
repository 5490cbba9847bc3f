import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { awsCall, sent } from "../../../../lib/layer/aws-call";
import type { DatabaseServer } from "../../../../lib/layer/database-server";
import { callAws } from "../../aws/client";
import { jsonOrUndefined } from "../../run/json";
import type { Run } from "../../run/run";
import type { ApplicationDatabase } from "./users";

const masterSecret = z.object({ username: z.string(), password: z.string() });
const applicationSecret = z.object({ PGDATABASE: z.string(), PGUSER: z.string(), PGPASSWORD: z.string() });

/** Entries of Secrets Manager that hold JSON, of a server and the layer that declares it. */
export class Secrets {
  constructor(
    private readonly run: Run,
    private readonly declared: { readonly server: DatabaseServer; readonly layer: string },
  ) {}

  /** The user that creates the others. */
  master(arn: string): Promise<z.output<typeof masterSecret>> {
    return this.read(arn, masterSecret);
  }

  /** A database and its user. */
  async database(arn: string): Promise<ApplicationDatabase> {
    const { PGDATABASE, PGUSER, PGPASSWORD } = await this.read(arn, applicationSecret);
    return { database: PGDATABASE, user: PGUSER, password: PGPASSWORD };
  }

  /** Nothing of an entry is repeated when it is not what was expected. */
  private async read<Shape extends z.ZodType>(arn: string, shape: Shape): Promise<z.output<Shape>> {
    const call = awsCall("secrets-manager", "GetSecretValue", { SecretId: arn });
    const { SecretString } = await callAws(this.run, `read the secret "${arn}"`, call);
    const parsed = shape.safeParse(jsonOrUndefined(sent(SecretString, "SecretString")));
    if (parsed.success) return parsed.data;
    const { layer, server } = this.declared;
    throw new UserError(
      `Cannot use the secret "${arn}": it is not the JSON that was stored there`,
      `Raise ${server.versionSetting} in ${this.run.request.env} and apply the layer ${layer}, which writes it again`,
      exitCodes.preflightFailed,
    );
  }
}
