/** The folders of one run; a rehearsal has its own, separate from real state and lock files. */
export interface RunFolders {
  /** Output of the synthesis; see `reserveFolders` for commands that do not run Terraform on it. */
  readonly synthesised: string;
  /** Output of the synthesis without deletion protection. */
  readonly unprotected: string;
  /** Local state of a layer that bootstraps itself. */
  readonly bootstrap: string;
  readonly logs: string;
  /** The newest plan of each layer, as text. */
  readonly plans: string;
  /** Other files of this environment's runs, such as a kubeconfig. */
  readonly own: string;
  /** Simulated account; undefined on a real run. */
  readonly simulation?: string;
}

/** Names of Terraform's files in a layer's folder. */
export const terraformFiles = {
  /** Read after the layer's own files, which it overrides. */
  backendOverride: "backend_override.tf.json",
  /** What `recover` imports, while it does. */
  imports: "provision_import.tf.json",
  /** A state that Terraform could not save. */
  unsavedState: "errored.tfstate",
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
      plans: `${own}/plans`,
      own,
      logs,
    };
  }
  const own = rehearsalFolder(run);
  return {
    synthesised: `${own}/synthesised`,
    unprotected: `${own}/unprotected`,
    bootstrap: `${own}/bootstrap`,
    plans: `${own}/plans`,
    own,
    logs: `${logs}-rehearsal`,
    simulation: `${own}/account`,
  };
}

/** Files of a rehearsal; a full cycle has a separate folder. */
function rehearsalFolder(run: { readonly environment: string; readonly fullCycle: boolean }): string {
  return `.provision/${run.fullCycle ? "full-cycle" : "rehearsal"}/${run.environment}`;
}
