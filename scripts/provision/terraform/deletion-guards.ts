import { z } from "zod";
import type { Change } from "../run/plan";

/** The argument that keeps AWS, or the provider, from deleting an object. */
interface Guard {
  readonly argument: string;
  /** Value with which the object can be deleted. */
  readonly lifted: boolean | number;
  /** Arguments without which Terraform accepts no resource of this type. */
  readonly required: readonly string[];
}

const bucketLike = (argument: string, ...required: readonly string[]): Guard => ({
  ...{ argument, lifted: true, required },
});

/** Without aws_backup_vault, whose backups stay until they expire, and without aws_rds_cluster, which only a destroy ends. */
const guards: Readonly<Record<string, Guard>> = {
  aws_ecr_repository: bucketLike("force_delete", "name"),
  aws_lb: { argument: "enable_deletion_protection", lifted: false, required: ["subnets"] },
  aws_route53_zone: bucketLike("force_destroy", "name"),
  aws_s3_bucket: bucketLike("force_destroy"),
  // Otherwise its name is taken until the end of the recovery window, so what used it could not be switched on again.
  aws_secretsmanager_secret: { argument: "recovery_window_in_days", lifted: 0, required: [] },
};

/** Guards of objects, and resources of Terraform JSON that lift them and change nothing else. */
export interface GuardLift {
  readonly addresses: readonly string[];
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const stateShape = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      provider: z.string().default(""),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()).nullish() })),
    }),
  ),
});

/** Whether a change ends an object of a type that can be guarded. */
export function endsGuarded({ type, action }: Change): boolean {
  return Object.hasOwn(guards, type) && (action === "delete" || action === "replace");
}

/** How to lift the guards of what these changes delete or replace; undefined if nothing of it is guarded. */
export function guardLiftFor(state: string, changes: readonly Change[]): GuardLift | undefined {
  const ending = new Set(changes.filter(endsGuarded).map(({ address }) => address));
  const addresses: string[] = [];
  const resource: Record<string, Record<string, object>> = {};
  for (const { mode, type, name, provider, instances } of stateShape.parse(JSON.parse(state)).resources) {
    const address = `${type}.${name}`;
    const guard = guards[type];
    const attributes = instances[0]?.attributes;
    if (mode !== "managed" || !ending.has(address) || !guard || !attributes) continue;
    if (!(guard.argument in attributes) || attributes[guard.argument] === guard.lifted) continue;
    resource[type] = { ...resource[type], [name]: lifting(guard, provider, attributes) };
    addresses.push(address);
  }
  return addresses.length === 0 ? undefined : { addresses, resource };
}

/** The resource as the state has it, but for the guard: every other argument is ignored. */
function lifting(
  { argument, lifted, required }: Guard,
  provider: string,
  attributes: Readonly<Record<string, unknown>>,
): object {
  const alias = /\]\.([\w-]+)$/.exec(provider)?.[1];
  return {
    ...Object.fromEntries(required.map((name) => [name, attributes[name]])),
    ...(alias === undefined ? {} : { provider: `aws.${alias}` }),
    [argument]: lifted,
    lifecycle: { ignore_changes: Object.keys(attributes).filter((name) => name !== argument) },
  };
}
