/** The folders one run works in; a rehearsal has its own, so that it never meets real state or lock files. */
export interface RunFolders {
  /** Output of the synthesis. */
  readonly synthesised: string;
  /** Output of the synthesis without deletion protection. */
  readonly unprotected: string;
  /** Local state of a layer that bootstraps itself. */
  readonly bootstrap: string;
  readonly logs: string;
  /** Everything else that this environment's runs keep, such as a kubeconfig. */
  readonly own: string;
  /** Simulated account; undefined on a real run. */
  readonly simulation?: string;
}

/** Files in a layer's folder that Terraform knows by their names. */
export const terraformFiles = {
  /** Read after a layer's own, and wins over them. */
  backendOverride: "backend_override.tf.json",
  /** Versions and checksums of providers. */
  lock: ".terraform.lock.hcl",
} as const;

/** The folders of a run that began at `started`. */
export function runFolders(run: {
  readonly environment: string;
  readonly rehearse: boolean;
  readonly fullCycle: boolean;
  readonly started: Date;
}): RunFolders {
  const stamp = run.started.toISOString().replace(/\..*/, "").replaceAll(":", "-");
  const logs = `.provision/logs/${run.environment}/${stamp}`;
  if (!run.rehearse) {
    const own = `.provision/${run.environment}`;
    return {
      synthesised: `cdktf.out/${run.environment}`,
      unprotected: `${own}/unprotected`,
      bootstrap: `${own}/bootstrap`,
      own,
      logs,
    };
  }
  const own = rehearsalFolder(run);
  return {
    synthesised: `${own}/synthesised`,
    unprotected: `${own}/unprotected`,
    bootstrap: `${own}/bootstrap`,
    own,
    logs: `${logs}-rehearsal`,
    simulation: `${own}/account`,
  };
}

/** Everything a rehearsal leaves behind; a full cycle leaves the kept one alone. */
function rehearsalFolder(run: { readonly environment: string; readonly fullCycle: boolean }): string {
  return `.provision/${run.fullCycle ? "full-cycle" : "rehearsal"}/${run.environment}`;
}
