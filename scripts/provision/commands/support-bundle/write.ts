import { strToU8, zipSync } from "fflate";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { Run } from "../../run/run";
import { printable } from "../../screen/printable";

/** Texts by their names in the file. */
export type Content = ReadonlyMap<string, string>;

interface Bundle {
  /** Of the environment, if there is one. */
  readonly name: string | undefined;
  readonly out: string | undefined;
  readonly content: Content;
  readonly mask: (text: string) => string;
}

/** Writes the file, everything in it masked, and says what is in it; throws if something of that name exists. */
export function writeBundle({ world, screen }: Pick<Run, "world" | "screen">, bundle: Bundle): void {
  const { files } = world;
  const path = bundle.out ?? nameOf(world, bundle.name);
  if (files.kind(path) !== "nothing")
    throw new UserError(
      `Cannot write "${path}": it exists already`,
      "Remove it, or choose another path for --out",
      exitCodes.failed,
    );
  const masked = [...bundle.content].map(
    ([name, text]) => [pathOf(bundle, name), bundle.mask(text)] as const,
  );
  const entries = [["README.txt", readme(masked)] as const, ...masked].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const bytes = entries.map(([name, text]) => [name, strToU8(text)] as const);
  // The same content gives the same file: its times are the first that a zip file can have.
  const zip = zipSync(Object.fromEntries(bytes), { mtime: new Date(1980, 0, 1) });
  files.write(path, zip, "secret");
  screen.print(
    [
      `\nWrote ${path}, ${sizeOf(zip.length)}; nothing was sent anywhere. In it:`,
      ...bytes.map(([name, { length }]) => `  ${printable(name)}  ${sizeOf(length)}`),
      "",
      "What looks like a password, a key or a token is replaced by ***; states and plan files are not in it. Look through it before you pass it on",
    ].join("\n"),
  );
}

/** A whole path looks as random as a key, now and then. */
function pathOf({ mask }: Bundle, name: string): string {
  return name.split("/").map(mask).join("/");
}

function nameOf({ clock }: Run["world"], environment: string | undefined): string {
  const stamp = clock.now().toISOString().replace(/\..*/, "Z").replace(/[-:]/g, "");
  return `support-bundle-${environment === undefined ? "" : `${environment}-`}${stamp}.zip`;
}

/** What the parts are, for whoever opens the file. */
const parts: readonly (readonly [beginning: string, about: string])[] = [
  ["doctor.json", "what provision doctor found"],
  ["environment.txt", "why the environment file could not be read"],
  ["environment.yaml", "the environment file"],
  ["journal/", "what the newest runs did, line by line, on this machine and by the state bucket"],
  ["logs/", "what Terraform and the hooks printed in the newest runs"],
  ["runs/", "how the last run ended, how long changes took, and the lock of a run"],
  ["versions.json", "what runs, and the names of variables that matter to it"],
];

function readme(content: readonly (readonly [name: string, text: string])[]): string {
  const there = parts.filter(([beginning]) => content.some(([name]) => name.startsWith(beginning)));
  return [
    "A support bundle of edge-orchestrator-aws, written by provision support-bundle.",
    "What looks like a password, a key or a token is replaced by ***. It has no states and no plan files, but names of",
    "accounts, resources, hosts and people. Nothing was sent anywhere.",
    "",
    ...there.map(([beginning, about]) => `${beginning.padEnd(18)}${about}`),
    "",
  ].join("\n");
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(0)} KiB`;
}
