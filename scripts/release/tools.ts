import { UserError } from "../../lib/errors";
import { programOf } from "./run-program";
import type { Step, Tool } from "./step";

/** Programs that several steps run. */
export const tools = {
  git: { name: "git", install: "Git" },
  tar: { name: "tar", install: "tar" },
  npm: { name: "npm", install: "Node 20.19 or newer, with its npm" },
  go: {
    name: "go",
    install: "Go 1.21 or newer, which fetches the release's own (https://go.dev/doc/install)",
  },
  mmdebstrap: {
    name: "mmdebstrap",
    variable: "MMDEBSTRAP",
    install: "Debian's packages mmdebstrap, dpkg and debian-archive-keyring",
  },
  dpkgDeb: { name: "dpkg-deb", install: "Debian's packages mmdebstrap, dpkg and debian-archive-keyring" },
  syft: {
    name: "syft",
    variable: "SYFT",
    install: "syft 1 (https://github.com/anchore/syft), or name it in SYFT",
  },
  zstd: { name: "zstd", install: "zstd" },
  sh: { name: "sh", install: "a POSIX shell" },
  cosign: {
    name: "cosign",
    variable: "COSIGN",
    install: "cosign 3 (https://docs.sigstore.dev/cosign/system_config/installation/), or name it in COSIGN",
  },
} as const satisfies Readonly<Record<string, Tool>>;

/** All that is missing is told at once, before anything starts. */
export function assertTools(steps: readonly Step[], always: readonly Tool[]): void {
  const needed = [...new Set([...always, ...steps.flatMap((step) => step.tools)])];
  const missing = needed.filter((tool) => programOf(tool) === undefined);
  if (missing.length === 0) return;
  const install = [...new Set(missing.map((tool) => tool.install))].join("; ");
  throw new UserError(
    `Cannot make the release: this machine lacks ${missing.map(({ name }) => name).join(", ")}`,
    `Install ${install}; or leave out what needs it, see npm run release -- --help`,
  );
}
