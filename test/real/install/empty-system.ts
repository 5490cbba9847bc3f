import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand } from "../command";
import { tools } from "../tools";

/** What the installer's user has: Node with npm, and what every system has besides curl, tar and openssl. */
const programs =
  "sh env node curl tar gzip openssl awk cat chmod cut ln mkdir mktemp mv readlink rm rmdir sed sha256sum uname".split(
    " ",
  );
/** How npm reaches its registry. */
const passed = /^(npm_config_registry|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i;

/** Runs a command as a user without rights, in a file system that has a home folder and these programs alone. */
export function inEmptySystem(
  home: string,
  variables: Readonly<Record<string, string>>,
  ...command: readonly string[]
) {
  const network = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value !== undefined && passed.test(name) ? [[name, value]] : [],
  );
  const environment = { ...Object.fromEntries(network), PATH: "/bin", HOME: "/home/op", ...variables };
  const files = ["/etc/resolv.conf", "/etc/hosts", "/etc/ssl", ...network.map(([, value]) => value)];
  const npm = dirname(dirname(realpathSync(pathOf("npm"))));
  const args = [
    ...["--unshare-all", "--share-net", "--die-with-parent", "--uid", "1000", "--gid", "1000", "--clearenv"],
    ...[
      "--proc",
      "/proc",
      "--dev",
      "/dev",
      "--tmpfs",
      "/tmp",
      "--bind",
      home,
      "/home/op",
      "--chdir",
      "/home/op",
    ],
    ...[
      "--ro-bind",
      "/usr/lib",
      "/usr/lib",
      "--symlink",
      "usr/lib",
      "/lib",
      "--symlink",
      "usr/lib64",
      "/lib64",
    ],
    ...bound("/usr/lib64", "/usr/lib64"),
    ...programs.flatMap((program) => bound(realpathSync(pathOf(program)), `/bin/${program}`)),
    ...[...bound(npm, "/opt/npm"), "--symlink", "/opt/npm/bin/npm-cli.js", "/bin/npm"],
    ...["--symlink", "/bin", "/usr/bin"],
    ...files.filter((file) => file.startsWith("/") && existsSync(file)).flatMap((file) => bound(file, file)),
    ...bound(join(homedir(), ".npmrc"), "/home/op/.npmrc"),
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...command,
  ];
  return runCommand({ program: tools.bubblewrap ?? "", folder: home, variables: {} }, ...args);
}

function bound(from: string, to: string): readonly string[] {
  return existsSync(from) ? ["--ro-bind", from, to] : [];
}

function pathOf(program: string): string {
  return execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
}
