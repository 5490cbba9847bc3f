import { terraformFiles } from "../../run/folders";
import type { PlanReading } from "../../run/plan";
import { TerraformFailure } from "../../terraform/failures";
import { withPlan } from "../../terraform/plan-file";
import type { UnmaskedResource } from "../../terraform/plan-json";
import type { Terraform } from "../../terraform/terraform";
import type { Files } from "../../world/index";
import { isNamelessWhenAbsent, saysAbsent, saysSomeAbsent } from "./absence";
import type { Candidate } from "./candidates";

/** What Terraform says of a plan with imports. */
export type Verdict =
  | { readonly kind: "planned"; readonly changes: readonly UnmaskedResource[] }
  /** The objects of these do not exist. */
  | { readonly kind: "refused"; readonly candidates: readonly Candidate[] };

/**
 * Lets Terraform judge whether objects exist: it reads each of them while it plans. Throws `TerraformFailure` at any error that does not
 * say that one is absent.
 */
export async function judge(
  terraform: Terraform,
  files: Files,
  candidates: readonly Candidate[],
): Promise<Verdict> {
  try {
    return await withImports(terraform, { files, candidates, options: [] }, (_, changes) =>
      Promise.resolve({ kind: "planned", changes }),
    );
  } catch (error) {
    if (!(error instanceof TerraformFailure)) throw error;
    const errors = errorsIn(error.output);
    const refused = candidates.filter((candidate) => errors.some((text) => saysAbsent(text, candidate)));
    const others = errors.filter((text) => !candidates.some((candidate) => saysAbsent(text, candidate)));
    if (!others.every(saysSomeAbsent)) throw error;
    const nameless = candidates.filter(isNamelessWhenAbsent).filter((one) => !refused.includes(one));
    const alone = others.length === 0 ? [] : await absentAlone(terraform, files, nameless);
    if (refused.length + alone.length === 0) throw error;
    return { kind: "refused", candidates: [...refused, ...alone] };
  }
}

/** Those that are absent when each is planned by itself. */
async function absentAlone(
  terraform: Terraform,
  files: Files,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const absent: Candidate[] = [];
  for (const one of candidates)
    try {
      await withImportsOnly(terraform, { files, candidates: [one] }, () => Promise.resolve());
    } catch (error) {
      if (!(error instanceof TerraformFailure)) throw error;
      if (!errorsIn(error.output).every((text) => saysSomeAbsent(text) || saysAbsent(text, one))) throw error;
      absent.push(one);
    }
  return absent;
}

/** Creates a plan of exactly these imports, with what they need, and passes it to `use`. */
export function withImportsOnly<Result>(
  terraform: Terraform,
  imports: { readonly files: Files; readonly candidates: readonly Candidate[] },
  use: (plan: PlanReading) => Promise<Result>,
): Promise<Result> {
  const options = imports.candidates.map(({ address }) => `-target=${address}`);
  return withImports(terraform, { ...imports, options }, use);
}

/** https://developer.hashicorp.com/terraform/language/import */
async function withImports<Result>(
  terraform: Terraform,
  plan: {
    readonly files: Files;
    readonly candidates: readonly Candidate[];
    readonly options: readonly string[];
  },
  use: (reading: PlanReading, changes: readonly UnmaskedResource[]) => Promise<Result>,
): Promise<Result> {
  const path = `${terraform.folder}/${terraformFiles.imports}`;
  const { files, candidates, options } = plan;
  // An ID is a template in Terraform's JSON.
  const blocks = candidates.map(({ address, id }) => ({ to: address, id: id.replaceAll(/[$%]\{/g, "$&{") }));
  if (blocks.length > 0) files.write(path, `${JSON.stringify({ import: blocks }, undefined, 2)}\n`);
  try {
    return await withPlan(terraform, { files, options }, use);
  } finally {
    if (blocks.length > 0) files.remove(path);
  }
}

/** The errors in what Terraform prints. */
function errorsIn(output: string): readonly string[] {
  return output.split(/^(?=(?:│ )?Error: )/m).filter((text) => /^(?:│ )?Error: /.test(text));
}
