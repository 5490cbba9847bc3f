import type { Statement } from "../../lib/constructs/iam-policy";
import { addPodRole, type PodPolicy } from "../../lib/constructs/pod-role";
import { type PodIdentity, podTrust } from "../../lib/constructs/pod-trust";
import type { Role } from "../../lib/constructs/role";
import type { LayerStack } from "../../lib/layer/stack";
import { type ByProgram, type Program, programs, roleName, serviceAccountsOf } from "./programs";

/** Adds the IAM role of every program; only its pods in this cluster can assume it. */
export function addPodRoles(
  stack: LayerStack,
  identity: PodIdentity,
  policies: ByProgram<PodPolicy>,
): ByProgram<Role> {
  return mapPrograms(policies, (policy, program) =>
    addPodRole(stack, {
      ...policy,
      program,
      roleName: roleName(stack, program),
      trust: trustOf(stack, identity, program),
    }),
  );
}

function trustOf(stack: LayerStack, identity: PodIdentity, program: Program): Statement[] {
  const pods = podTrust(stack, identity, serviceAccountsOf(program));
  return program === "cert-manager" ? [pods, trustItself(stack, program)] : [pods];
}

/** Uses a condition, because a role that does not exist yet cannot be a principal. */
function trustItself(stack: LayerStack, program: Program): Statement {
  return {
    Effect: "Allow",
    Principal: { AWS: stack.arn("iam", "root", { region: "" }) },
    // Pod Identity tags its sessions, and chained sessions inherit the tags.
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      ArnEquals: { "aws:PrincipalArn": stack.roleArn(roleName(stack, program)) },
    },
  };
}

/** Maps the values in the order of the programs. */
export function mapPrograms<From, To>(
  given: ByProgram<From>,
  change: (value: From, program: Program) => To,
): ByProgram<To> {
  const entries = programs.map((program) => [program, change(given[program], program)]);
  // Object.fromEntries widens the keys, which are those of every program.
  const changed = Object.fromEntries(entries) as ByProgram<To>;
  return given.tempo === undefined ? changed : { ...changed, tempo: change(given.tempo, "tempo") };
}
