import type { z } from "zod";
import type { Received } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import type { aurora } from "../aurora/layer";
import type { platform } from "../platform/layer";
import { readSecret, type SecretSource } from "./secret-source";

type Databases = Received<typeof aurora.outputs>["databaseSecretArns"];
type GivenSecrets = z.output<typeof platform.settings>["secrets"];

/** Where each secret of the platform is. */
export interface SecretPlaces {
  readonly users: Received<typeof platform.outputs>["userSecretArns"];
  readonly databases: Databases;
  readonly given: GivenSecrets;
}

/** The secrets of Secrets Manager that this layer reads: each once, and only those that it uses. */
export class SecretSources {
  private readonly known = new Map<string, SecretSource>();

  constructor(
    private readonly stack: LayerStack,
    private readonly places: SecretPlaces,
  ) {}

  /** User name and password of a generated user. */
  user(user: string): SecretSource {
    return this.source(user, this.places.users.at(user));
  }

  database(id: Parameters<Databases["at"]>[0]): SecretSource {
    return this.source(`${id}-database`, this.places.databases.at(id));
  }

  /** A secret of the operator; undefined: its setting is not set. */
  given(name: Extract<keyof GivenSecrets, `${string}SecretArn`>): SecretSource | undefined {
    const arn = this.places.given[name];
    return arn === undefined ? undefined : this.source(name.replace(/SecretArn$/, ""), arn);
  }

  /** A secret that a setting of this layer names. */
  at(id: string, arn: string): SecretSource {
    return this.source(id, arn);
  }

  private source(id: string, arn: string): SecretSource {
    const known = this.known.get(id) ?? readSecret(this.stack, id, arn);
    this.known.set(id, known);
    return known;
  }
}
