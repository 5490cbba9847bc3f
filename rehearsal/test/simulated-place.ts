import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerDefinition } from "../behaviours/providers";
import { digest } from "../cloud/digest";
import { openCloud } from "../cloud/file-cloud";
import type { Attributes, Behaviour, Context } from "../engine/behaviour";

/** A simulated account for tests of behaviours without Terraform. */
export class SimulatedPlace {
  readonly directory = mkdtempSync(join(tmpdir(), "simulated-place-"));

  constructor(private readonly place = { partition: "aws", region: "us-east-1", account: "111122223333" }) {}

  context(type: string, id = ""): Context {
    const [provider = ""] = type.split("_");
    const hash = (salt = "", length = 17): string => digest(`${type}/${id}/${salt}`, length);
    return { ...this.place, cloud: openCloud(this.directory, provider), defaultTags: {}, type, id, hash };
  }

  /** Creates an object as a layer would, and returns its ID. */
  create(type: string, attributes: Attributes): string {
    const { id: idOf } = this.behaviour(type);
    const undecided = this.context(type, JSON.stringify(attributes));
    const created =
      typeof idOf === "function" ? idOf(attributes, undecided) : `${idOf ?? ""}${undecided.hash("id")}`;
    const computed = this.behaviour(type).computed?.(attributes, this.context(type, created)) ?? {};
    const object = { type, id: created, attributes: { id: created, ...computed, ...attributes } };
    this.context(type).cloud.put({ ...object, createdAt: "2025-01-01T00:00:00Z" });
    return created;
  }

  /** The service's error for such an object, a new one or a changed one; undefined if it is accepted. */
  refusal(type: string, planned: Attributes, id = "new"): string | undefined {
    return this.behaviour(type).check?.(planned, this.context(type, id));
  }

  /** Another version of a cluster, as AWS installs it in the maintenance window. */
  upgrade(cluster: string, version: string): void {
    const { cloud } = this.context("aws_rds_cluster");
    const object = cloud.get("aws_rds_cluster", cluster);
    if (object === undefined) throw new Error(`no cluster ${cluster}`);
    cloud.put({ ...object, attributes: { ...object.attributes, engine_version_actual: version } });
  }

  /** The service's error when an object is deleted, if any. */
  removal(type: string, id: string): string | undefined {
    const state = this.context(type).cloud.get(type, id)?.attributes ?? {};
    return this.behaviour(type).remove?.({ ...state }, this.context(type, id));
  }

  /** What the service returns differently from what it was sent. */
  returned(type: string, stored: Attributes): Attributes | undefined {
    return this.behaviour(type).returned?.(stored, this.context(type));
  }

  attributes(type: string, id: string): Readonly<Attributes> {
    return this.context(type).cloud.get(type, id)?.attributes ?? {};
  }

  read(type: string, config: Attributes): Readonly<Record<string, unknown>> {
    const source = providerDefinition("aws").dataSource(type);
    const answer = source?.(config, this.context(type));
    return answer === undefined ? {} : "values" in answer ? answer.values : answer;
  }

  end(): void {
    rmSync(this.directory, { recursive: true });
  }

  private behaviour(type: string): Behaviour {
    const [provider = ""] = type.split("_");
    return providerDefinition(provider).behaviour(type) ?? {};
  }
}
