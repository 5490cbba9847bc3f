import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";
import { manifest } from "../manifest";
import type { Architecture } from "./architecture";

/**
 * Makes the base of the image of Debian's packages, which are unpacked and not configured: that needs no root, and works for
 * an architecture that this machine does not run. What their scripts would have set up is below.
 */
export function placeDebian(folder: string, architecture: Architecture): void {
  const { suite, mirror, securityMirror, packages } = manifest.image.debian;
  const archives = `${folder}.archives`;
  mkdirSync(archives);
  const sources = [
    `deb ${mirror} ${suite} main`,
    `deb ${mirror} ${suite}-updates main`,
    `deb ${securityMirror} ${suite}-security main`,
  ];
  const options = ["--quiet", "--variant=extract", "--mode=chrootless", "--format=directory"];
  const hook = `--extract-hook=cp "$1"/var/cache/apt/archives/*.deb '${archives}/'`;
  const which = [`--architectures=${architecture}`, `--include=${packages.join(",")}`];
  runProgram(
    tools.mmdebstrap,
    { folder: dirname(folder) },
    ...options,
    ...which,
    hook,
    suite,
    folder,
    ...sources,
  );
  const left = readdirSync(archives).sort();
  for (const archive of left.filter(isWithout)) removeFiles(folder, join(archives, archive));
  recordPackages(
    folder,
    archives,
    left.filter((archive) => !isWithout(archive)),
  );
  rmSync(archives, { recursive: true });
  configure(folder);
  prune(folder);
}

function isWithout(archive: string): boolean {
  return manifest.image.debian.without.includes(archive.split("_")[0] ?? "");
}

/** A package that others ask for, and that what is used of them does not need. */
function removeFiles(folder: string, archive: string): void {
  const names = runProgram(
    tools.sh,
    { folder },
    "-c",
    'dpkg-deb --fsys-tarfile "$1" | tar -tf -',
    "sh",
    archive,
  );
  for (const name of names.split("\n").filter((line) => line !== "" && !line.endsWith("/")))
    rmSync(join(folder, name), { force: true });
}

/** What dpkg would have recorded: scanners read it. */
function recordPackages(folder: string, archives: string, kept: readonly string[]): void {
  const stanzas = kept.map((archive) => {
    const [name, ...fields] = runProgram(tools.dpkgDeb, { folder: archives }, "-f", archive)
      .trim()
      .split("\n");
    return [name, "Status: install ok installed", ...fields].join("\n");
  });
  writeFileSync(join(folder, "var/lib/dpkg/status"), stanzas.map((stanza) => `${stanza}\n\n`).join(""));
}

const files: Readonly<Record<string, string>> = {
  "etc/passwd":
    "root:x:0:0:root:/root:/usr/sbin/nologin\nprovision:x:1000:1000::/home/provision:/bin/bash\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n",
  "etc/group": "root:x:0:\nprovision:x:1000:\nnogroup:x:65534:\n",
  "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
};

function configure(folder: string): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const trusted = join(folder, "usr/share/ca-certificates/mozilla");
  const certificates = readdirSync(trusted).sort();
  const bundle = certificates.map((name) => readFileSync(join(trusted, name), "utf8")).join("");
  writeFileSync(join(folder, "etc/ssl/certs/ca-certificates.crt"), bundle);
  symlinkSync("mawk", join(folder, "usr/bin/awk"));
  // The process may have any user's number.
  for (const path of ["home/provision", "work", "tmp"]) {
    mkdirSync(join(folder, path), { recursive: true });
    chmodSync(join(folder, path), 0o1777);
  }
}

/** What the image does not need at run time, and what differs from build to build. Licences stay. */
function prune(folder: string): void {
  const documentation = "usr/share/doc";
  for (const name of readdirSync(join(folder, documentation)))
    rmExcept(join(folder, documentation, name), "copyright");
  const rest = ["man", "info", "locale", "lintian", "bug", "groff", "bash-completion"].map(
    (name) => `usr/share/${name}`,
  );
  const made = [
    "var/log",
    "var/cache",
    "var/lib/apt",
    "etc/fstab",
    "etc/hostname",
    "etc/resolv.conf",
    "etc/machine-id",
  ];
  // The texts behind "aws help".
  const help = "usr/lib/python3/dist-packages/awscli/examples";
  for (const path of [...rest, ...made, help, "dev", "etc/apt/sources.list"])
    rmSync(join(folder, path), { recursive: true, force: true });
  mkdirSync(join(folder, "dev"));
}

function rmExcept(folder: string, kept: string): void {
  for (const entry of listed(folder))
    if (entry !== kept) rmSync(join(folder, entry), { recursive: true, force: true });
}

/** Some packages link to the documentation of another. */
function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
