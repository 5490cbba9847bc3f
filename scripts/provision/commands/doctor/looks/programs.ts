import { missingProgram, type NeededProgram, neededPrograms } from "../../../aws/programs";
import type { Run } from "../../../run/run";
import type { Verdict } from "../../../run/verdict";
import { checkProgram } from "../../../terraform/program";
import { isOpenTofu } from "../../../terraform/providers/registry-host";
import type { DoctorLook } from "../ground";

/** Looks at Terraform, and at each program that the selected layers, or who works with them, need. */
export function programLooks(run: Run): readonly DoctorLook[] {
  const needed = run.request.rehearse ? [] : neededPrograms(run);
  const watched = run.selected.some((layer) => layer.rollout !== undefined);
  return [
    terraform(run.program),
    ...needed.map((program) =>
      lookAt({ ...program, why: `${program.user} is reached with it`, certain: !program.outsideVpcOnly }),
    ),
    ...(watched && !run.request.rehearse ? people.map(lookAt) : []),
  ];
}

const terraform = (named: string): DoctorLook => ({
  about: "Terraform",
  why: "it makes every change; locks in S3 need a recent one",
  cureWhenLate: `To see why, run: ${named} version; or set TERRAFORM_BINARY_NAME to another program`,
  look: async ({ run }) => {
    const { world, program, environment } = run;
    const found = await checkProgram(world, program, environment);
    if ("reason" in found) return { state: "failed", found: found.reason, cure: found.cure };
    const name = isOpenTofu(program) ? "OpenTofu" : "Terraform";
    return { state: "ok", found: `${name} ${found.version} (${program})` };
  },
});

interface Program extends NeededProgram {
  readonly why: string;
  /** Whether a run fails without it. */
  readonly certain: boolean;
}

/** Programs of whoever works with the cluster; no run starts them. */
const people: readonly Program[] = [
  {
    program: "kubectl",
    install: "https://kubernetes.io/docs/tasks/tools/",
    user: "whoever looks into the cluster through a tunnel",
    why: "the commands that a tunnel prints are for it",
  },
  {
    program: "helm",
    install: "https://helm.sh/docs/intro/install/",
    user: "verify-gitops",
    why: "verify-gitops renders charts with it; apply does without",
  },
].map((program) => ({ ...program, outsideVpcOnly: false, certain: false }));

/** How each program is asked for its version. */
const versions: Readonly<Record<string, readonly string[]>> = {
  kubectl: ["version", "--client"],
  helm: ["version", "--short"],
};

function lookAt(needed: Program): DoctorLook {
  const { program, why } = needed;
  return {
    about: program,
    why,
    look: async ({ run }) => {
      const { world, environment } = run;
      if (!world.processes.isInstalled(program, environment)) return absent(needed);
      const asked = { program, arguments: versions[program] ?? ["--version"], folder: ".", environment };
      const { exitCode, stdout, stderr } = await world.processes.run({ ...asked, timeoutSeconds: 5 });
      const [said = ""] = `${stdout}\n${stderr}`.trim().split("\n");
      if (exitCode === 0) return { state: "ok", found: said === "" ? "installed" : said };
      const found = `${program} ${asked.arguments.join(" ")} ends with ${exitCode}${said === "" ? "" : `: ${said}`}`;
      return {
        state: needed.certain ? "failed" : "warning",
        found,
        cure: `Install it again (${needed.install})`,
      };
    },
  };
}

function absent(needed: Program): Verdict {
  const { reason, cure } = missingProgram(needed);
  return { state: needed.certain ? "failed" : "warning", found: reason, cure };
}
