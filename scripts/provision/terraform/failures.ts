import { exitCodes, UserError } from "../../../lib/errors";
import type { Counts } from "../run/outcome";
import { alreadyExists } from "./already-exists";
import { chartFailure } from "./chart-failure";
import { credentialFailures } from "./credential-failures";
import { diskFailure } from "./disk-failure";
import { firstError } from "./error-text";
import type { Failed, FailureKind, KnownFailure } from "./failure";
import { keyDenied } from "./key-denied";
import { stateFailures, unsaved } from "./state-failures";

/** A failed Terraform command, with its output and an explanation. */
export class TerraformFailure extends UserError {
  /** Terraform's own, e.g. `init`. */
  readonly command: string;
  /** Changes that an apply completed before it failed. */
  done?: Counts;

  constructor(
    readonly kind: FailureKind,
    /** Terraform's output, unchanged. */
    readonly output: string,
    explanation: {
      readonly command: string;
      readonly message: string;
      readonly hint: string;
      readonly exitCode: number;
    },
  ) {
    super(explanation.message, explanation.hint, explanation.exitCode);
    this.command = explanation.command;
  }
}

const { preflightFailed, failed: plainFailure } = exitCodes;

const known: readonly KnownFailure[] = [
  unsaved,
  ...credentialFailures,
  ...stateFailures,
  {
    kind: "other",
    // Terraform refuses to plan: it would delete these resources with the provider of their region.
    sign: /Provider configuration not present[\s\S]*?To work with (?<address>\S+)[\s\S]*?provider\["[^"]+"\]\.(?<region>[\w-]+)/,
    truth: ({ groups }) =>
      `its state contains "${groups?.["address"] ?? ""}" in "${groups?.["region"] ?? ""}", a region that its settings no longer name`,
    hint: ({ groups }, { layer }) =>
      `In the environment file, name "${groups?.["region"] ?? ""}" again in layers.${layer}, but disable what is in that region, and apply; after that, another region can be set`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    // A cluster of this name that was destroyed by other means left it, or created it again with its last entries.
    sign: /Log Group \((?<name>[^)]+)\):[\s\S]*?ResourceAlreadyExistsException/,
    truth: ({ groups }) => `the log group "${groups?.["name"] ?? ""}" exists, but is not in its state`,
    hint: ({ groups }, { region, retry, recover }) =>
      `If an earlier run was killed or interrupted, run: ${recover}; or, to delete the log group with its logs, run: aws logs delete-log-group --region ${region} --log-group-name ${groups?.["name"] ?? ""}; then run: ${retry}`,
    exitCode: plainFailure,
  },
  {
    kind: "other",
    sign: /Failed to (?:query available provider packages|install provider|resolve provider packages)/,
    truth: () => "Terraform cannot install its providers",
    hint: () =>
      "Check the network, or configure a provider mirror in the file in TF_CLI_CONFIG_FILE; then retry",
    exitCode: preflightFailed,
  },
  { kind: "other", ...chartFailure, exitCode: preflightFailed },
  {
    kind: "other",
    sign: /decreases account's UnreservedConcurrentExecution below its minimum value of \[(?<least>\d+)\]/,
    truth: ({ groups }) =>
      `Lambda refuses to leave fewer than ${groups?.["least"] ?? ""} concurrent executions of the account unreserved`,
    hint: (_, { layer }) =>
      `Request a higher quota of "Concurrent executions" (lambda L-B99A9384), or reserve fewer in layers.${layer}, e.g. reservedConcurrency: none`,
    exitCode: plainFailure,
  },
  alreadyExists,
  diskFailure,
  // Last, because what a key is needed for says more.
  keyDenied,
];

/** Explains a failed command by Terraform's output. */
export function explainFailure(failed: Failed, output: string): TerraformFailure {
  const errors = output.split(/^(?=(?:│ )?Error: )/m);
  for (const { kind, sign, truth, hint, exitCode } of known) {
    // Of one error at a time: the cause of one is not the subject of another.
    const match = errors.map((error) => sign.exec(error)).find((found) => found !== null);
    if (!match) continue;
    const message = `Cannot ${failed.verb} "${failed.layer}": ${truth(match, failed, output)} (log: ${failed.log})`;
    const explanation = { command: failed.terraform, message, exitCode };
    return new TerraformFailure(kind, output, { ...explanation, hint: hint(match, failed, output) });
  }
  return new TerraformFailure("unknown", output, {
    command: failed.terraform,
    message: `Cannot ${failed.verb} "${failed.layer}": ${failed.program} ${failed.terraform} failed${firstError(output)} (log: ${failed.log})`,
    hint: `Run: ${failed.retry}`,
    exitCode: plainFailure,
  });
}
