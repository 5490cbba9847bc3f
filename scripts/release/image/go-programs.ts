import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { goProgramOf, manifest } from "../manifest";
import { runProgram } from "../run-program";
import { tools } from "../tools";
import type { Architecture } from "./architecture";
import { moduleLicences } from "./module-licences";

const root = join(__dirname, "../../..");

/** Puts the image's Go programs into a folder, each built once per version and kept between runs; gives their licences. */
export function placeGoPrograms(folder: string, architecture: Architecture): string {
  mkdirSync(folder, { recursive: true });
  const licences = manifest.image.goPrograms.map((name) => {
    const kept = built(name, architecture);
    copyFileSync(kept, join(folder, name));
    return readFileSync(`${kept}.licences`, "utf8");
  });
  return licences.join("\n");
}

function built(name: string, architecture: Architecture): string {
  const program = goProgramOf(name);
  // The same inputs give the same bytes, so they name the kept file.
  const inputs = JSON.stringify([manifest.go, program, architecture]);
  const key = createHash("sha256").update(inputs).digest("hex").slice(0, 12);
  const kept = join(cache(), `${name}-${program.version}-${architecture}-${key}`);
  if (existsSync(kept)) return kept;
  console.log(`  building ${name} ${program.version} …`);
  mkdirSync(cache(), { recursive: true });
  const draft = `${kept}.${process.pid}`;
  const what = [
    program.module,
    program.version,
    program.package,
    draft,
    program.ldflags,
    ...program.requires,
  ];
  const variables = { GOOS: "linux", GOARCH: architecture, GOTOOLCHAIN: `go${manifest.go}` };
  runProgram(tools.sh, { folder: root, variables }, join(root, "release/go-program.sh"), ...what);
  writeFileSync(`${kept}.licences`, `${name} ${program.version}\n\n${moduleLicences(draft)}`);
  renameSync(draft, kept);
  return kept;
}

function cache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "edge-orchestrator-aws/image");
}
