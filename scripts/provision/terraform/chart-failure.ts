const unreadable = /Unable to locate chart (?<chart>\S+?):\s(?<reason>[\s\S]*)/;

/** What Helm says of a chart that it cannot read: by which host and why, and what can be set instead. */
export const chartFailure = {
  sign: unreadable,
  truth: ({ groups }: RegExpMatchArray): string => {
    const { chart, reason } = readable(groups);
    const host = hostOf(reason);
    if (host === undefined) return `Helm cannot read the chart "${chart}"`;
    const about = `the chart "${chart}" cannot be read from "${host}"`;
    return untrusted.test(reason) ? `${about}, whose certificate this machine does not trust` : about;
  },
  hint: ({ groups }: RegExpMatchArray, { layer, retry }: Place): string => {
    const { chart, reason } = readable(groups);
    const mirror = `set layers.${layer}.chartRepositories.${chart} to a mirror`;
    const first = untrusted.test(reason)
      ? "Add its certificate authority to those of this machine, on Linux also with SSL_CERT_FILE"
      : hostOf(reason) === undefined
        ? "Correct the version or the digest of the chart"
        : "Check that this machine reaches the host";
    return `${first}, or ${mirror}; then run: ${retry}`;
  },
} as const;

/** The layer that installs the chart, and the command line that resumes there. */
interface Place {
  readonly layer: string;
  readonly retry: string;
}

const untrusted = /x509:|certificate/;

/** A chart of an OCI registry is given with its registry, and with a digest if there is one. */
function readable(groups: RegExpMatchArray["groups"]): { readonly chart: string; readonly reason: string } {
  const { chart = "", reason = "" } = groups ?? {};
  const [name = chart] = (chart.split("/").at(-1) ?? chart).split("@");
  return { chart: name, reason };
}

/** The host that gave no chart, with its port: a package can be on another one than the index. */
function hostOf(reason: string): string | undefined {
  return /\b(?:Get|Head)\s+"https:\/\/([^/"]+)/.exec(reason)?.[1];
}
