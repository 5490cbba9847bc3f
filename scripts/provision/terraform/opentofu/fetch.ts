import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { World } from "../../world/index";
import { type CachedProgram, cachedProgram, foreignPath } from "./cache";
import { download, type Source } from "./download";
import { mirrorOf } from "./mirror";
import { type ReleaseFiles, releaseFiles } from "./names";
import { Refused } from "./refused";
import { assertDigest, assertListed, assertSigned } from "./verify";
import type { Request } from "../../command-line/request";

/** How to fetch it. */
export interface Fetching {
  readonly request: Pick<Request, "toolsMirror">;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

const install = "https://opentofu.org/docs/intro/install/";

/** Fetches OpenTofu into the user's cache, verified; returns the path of the program, throws `UserError`. */
export async function fetchOpenTofu(world: World, fetching: Fetching): Promise<string> {
  const files = releaseFiles(world);
  const cached = cachedProgram(world);
  if (files === undefined)
    throw cannot(
      world,
      `it is fetched for Linux and macOS on x64 and arm64, and this machine is "${world.downloads.platform}"`,
      `Install it by hand (${install})`,
    );
  if (cached === undefined)
    throw cannot(world, "there is no folder to keep it in", "Set HOME or XDG_CACHE_HOME to an absolute path");
  assertOwn(world, cached);
  const mirror = mirrorOf(world, fetching.request);
  try {
    const program = await verifiedProgram(world, { ...mirror, ...fetching }, files);
    keep(world, cached, program);
    // Folders are made as the umask says.
    assertOwn(world, cached);
    return cached.program;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw cannot(
      world,
      error.message,
      `Check the network, HTTPS_PROXY and NO_PROXY, name another server by --tools-mirror, or install it by hand (${install})`,
    );
  }
}

/** Throws `UserError` if another user could replace the program. */
function assertOwn(world: World, cached: CachedProgram): void {
  const foreign = foreignPath(world, cached);
  if (foreign === undefined) return;
  throw cannot(
    world,
    `other users can change "${foreign}", which it would be run from`,
    `Remove it, or run: chmod o-w ${foreign}; or set XDG_CACHE_HOME to a folder of your own`,
  );
}

/** The program from the archive; nothing of it is used before signature and checksums were found right. */
async function verifiedProgram(
  world: World,
  source: Source & Pick<Fetching, "progress">,
  files: ReleaseFiles,
): Promise<Uint8Array> {
  const { publicKey } = world.downloads.openTofu;
  const small = (file: string) => download(world, source, { file, maximumMegabytes: 1 });
  const sums = await small(files.sums);
  const signature = await small(files.signature);
  await assertSigned({ file: files.sums, sums, signature }, { publicKey, now: world.clock.now() });
  assertListed(sums, files.archive, files.digest);
  const archive = await download(world, source, {
    file: files.archive,
    maximumMegabytes: 200,
    onProgress: (received, total) => {
      const of = total === undefined ? "" : ` of ${megabytes(total)}`;
      source.progress(`${megabytes(received)}${of} MB`);
    },
  });
  assertDigest(files.archive, archive, files.digest);
  const { tofu } = unzipSync(archive, { filter: ({ name }) => name === "tofu" });
  if (tofu === undefined) throw new Refused(`"${files.archive}" holds no program "tofu"`);
  return tofu;
}

/** The checksum comes last: without it, a program counts as not fetched. Of two runs at once, both write the same. */
function keep(
  { files, processes }: World,
  { folder, program, sum }: CachedProgram,
  content: Uint8Array,
): void {
  for (const name of files.list(folder)) {
    // Of a run that was killed while it wrote.
    const [, pid] = /\.(\d+)\.draft$/.exec(name) ?? [];
    if (pid !== undefined && !processes.exists(Number(pid))) files.remove(`${folder}/${name}`);
  }
  files.writeProgram(program, content);
  files.write(sum, `${createHash("sha256").update(content).digest("hex")}  tofu\n`);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function cannot({ downloads }: World, truth: string, hint: string): UserError {
  return new UserError(
    `Cannot fetch OpenTofu ${downloads.openTofu.version}: ${truth}`,
    hint,
    exitCodes.preflightFailed,
  );
}
