import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { issue } from "../../../certificates";
import type { StandIn } from "./applications";

/** A Git repository in the place of the platform's, with charts of ours. */
export interface PlatformRepository {
  /** Its path below the folder that is served. */
  readonly path: string;
  /** The newest commit. */
  head(): string;
  /** Commits other applications, in place of all. */
  commit(applications: readonly StandIn[], standInValues?: Readonly<Record<string, unknown>>): void;
}

/** What a repository holds. */
interface Platform {
  readonly applications: readonly StandIn[];
  /** Paths of the value files that the product hands over. */
  readonly valueFiles: readonly string[];
}

/** Creates one below a folder; the first of the value files switches the applications on, as the platform's profiles do. */
export function createRepository(folder: string, { applications, valueFiles }: Platform): PlatformRepository {
  const tree = join(folder, "platform");
  mkdirSync(tree, { recursive: true });
  git(tree, "init", "--quiet", "--initial-branch=main");
  cpSync(join(__dirname, "files/applications"), join(tree, "argocd/applications"), { recursive: true });
  cpSync(join(__dirname, "files/stand-in"), join(tree, "charts/stand-in"), { recursive: true });
  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), stringify(content));
  };
  const commit: PlatformRepository["commit"] = (now, changes = {}) => {
    write("argocd/applications/values.yaml", { standIns: now.map((one) => ({ ...one, ...changes })) });
    const enabled = Object.fromEntries(now.map(({ name }) => [name, true]));
    valueFiles.forEach((file, index) => {
      write(file, index === 0 ? { argo: { enabled } } : {});
    });
    git(tree, "add", "--all");
    git(tree, "commit", "--quiet", "--allow-empty", "--message=state");
  };
  write("charts/stand-in/values.yaml", {
    revision: "1",
    secrets: [],
    traits: [],
    webhook: webhookOf("cert-manager"),
  });
  commit(applications);
  return { path: "platform/.git", commit, head: () => git(tree, "rev-parse", "HEAD").trim() };
}

/** Certificate of the webhook of an application whose namespace has its name. */
function webhookOf(name: string): unknown {
  const to = new Date("2099-01-01T00:00:00Z");
  const authority = issue({ name: "stand-in", authority: true, to });
  const server = issue({ name, by: authority, names: [`${name}.${name}.svc`], to });
  return {
    authority: authority.certificate,
    certificate: server.certificate,
    privateKey: server.privateKey,
  };
}

/** Git without settings of this machine. */
function git(tree: string, ...args: readonly string[]): string {
  const who = { NAME: "test", EMAIL: "test@example.com" };
  const people = ["AUTHOR", "COMMITTER"].flatMap((role) =>
    Object.entries(who).map(([what, value]) => [`GIT_${role}_${what}`, value]),
  );
  const env = {
    PATH: process.env["PATH"],
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ...Object.fromEntries(people),
  };
  return execFileSync("git", args, {
    cwd: tree,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
