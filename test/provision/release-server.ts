import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { createMessage, generateKey, type PrivateKey, readPrivateKey, sign } from "openpgp";
import type { Answer, Get, OpenTofuRelease } from "../../scripts/provision/world/index";

/** A key that signs releases. */
export interface SigningKey {
  readonly publicKey: string;
  readonly privateKey: PrivateKey;
}

export async function signingKey(): Promise<SigningKey> {
  const date = new Date("2020-01-01T00:00:00Z");
  const userIDs = [{ name: "Releases" }];
  const { publicKey, privateKey } = await generateKey({ userIDs, date, type: "ecc" });
  return { publicKey, privateKey: await readPrivateKey({ armoredKey: privateKey }) };
}

/** The files of a release for Linux, by name, and what proves them. */
export async function signedRelease(program: Uint8Array, key: SigningKey) {
  const archive = zipSync({ LICENSE: Buffer.from("MPL"), tofu: program }, { level: 0 });
  const digest = createHash("sha256").update(archive).digest("hex");
  const sums = Buffer.from(
    `${"0".repeat(64)}  tofu_1.12.6_linux_amd64.tar.gz\n${digest}  tofu_1.12.6_linux_amd64.zip\n`,
  );
  const release: OpenTofuRelease = {
    version: "1.12.6",
    publicKey: key.publicKey,
    archives: { linux_amd64: digest },
  };
  return { release, files: await filesOf(archive, sums, key) };
}

/** What a server holds, where the key has signed this list of checksums. */
export async function filesOf(archive: Uint8Array, sums: Uint8Array, { privateKey }: SigningKey) {
  const signature = await sign({
    message: await createMessage({ binary: sums }),
    signingKeys: privateKey,
    detached: true,
    format: "binary",
    date: new Date("2025-06-01T00:00:00Z"),
  });
  return new Map<string, Uint8Array>([
    ["tofu_1.12.6_linux_amd64.zip", archive],
    ["tofu_1.12.6_SHA256SUMS", sums],
    ["tofu_1.12.6_SHA256SUMS.gpgsig", signature],
  ]);
}

/** Answers with these files, from the part on that is asked for. */
export function serving(files: ReadonlyMap<string, Uint8Array>, asked: Get[] = []) {
  return (wanted: Get): Promise<Answer> => {
    asked.push(wanted);
    const content = files.get(wanted.url.pathname.split("/").at(-1) ?? "");
    if (content === undefined) return Promise.resolve(answer(404, []));
    const from = Number(/^bytes=(\d+)-$/.exec(wanted.headers["range"] ?? "")?.[1] ?? 0);
    const rest = content.subarray(from);
    const range =
      from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {};
    return Promise.resolve(
      answer(from > 0 ? 206 : 200, [rest], { "content-length": String(rest.length), ...range }),
    );
  };
}

/** An answer with this body; an error in it is where the connection is cut. */
export function answer(
  status: number,
  parts: Iterable<Uint8Array | Error>,
  headers: Answer["headers"] = {},
): Answer {
  return { status, headers, body: streamed(parts) };
}

async function* streamed(parts: Iterable<Uint8Array | Error>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    if (part instanceof Error) throw part;
    yield part;
  }
}
