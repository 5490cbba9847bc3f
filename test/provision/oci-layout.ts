import { createHash } from "node:crypto";

const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";

const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const json = (value: object) => Buffer.from(JSON.stringify(value));

/** An OCI layout with an image for two platforms, by the names of its files, and other lists for it. */
export function imageLayout({
  elsewhere = true,
  empty = false,
  urls,
}: { readonly elsewhere?: boolean; readonly empty?: boolean; readonly urls?: readonly string[] } = {}) {
  const files = new Map<string, Buffer>([["oci-layout", json({ imageLayoutVersion: "1.0.0" })]]);
  const add = (bytes: Buffer, mediaType: string) => {
    const digest = digestOf(bytes);
    files.set(`blobs/${digest.replace(":", "/")}`, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const platforms = ["amd64", "arm64"].map((architecture) => {
    const layer = add(Buffer.alloc(empty ? 0 : 3000, architecture), "application/vnd.oci.image.layer.v1.tar");
    const config = add(json({ architecture, os: "linux" }), "application/vnd.oci.image.config.v1+json");
    const foreign = { ...layer, digest: `sha256:${"0".repeat(64)}`, urls: ["https://example.com/layer"] };
    const manifest = json({
      schemaVersion: 2,
      mediaType: manifestType,
      config,
      layers: [urls === undefined ? layer : { ...layer, urls }, ...(elsewhere ? [foreign] : [])],
    });
    return {
      blobs: [layer.digest, config.digest],
      manifest: { ...add(manifest, manifestType), platform: { os: "linux", architecture } },
    };
  });
  const manifests = platforms.map(({ manifest }) => manifest);
  const index = json({ schemaVersion: 2, mediaType: indexType, manifests });
  const top = add(index, indexType);
  const list = (...listed: readonly object[]) =>
    json({ schemaVersion: 2, mediaType: indexType, manifests: listed });
  const named = (name: string) => ({ ...top, annotations: { "org.opencontainers.image.ref.name": name } });
  files.set("index.json", list(named("v2")));
  return {
    files,
    index,
    platforms: manifests.map(({ digest }) => digest),
    blobs: platforms.flatMap(({ blobs }) => blobs),
    /** The platforms, without an index of their own. */
    flat: list(...manifests),
    named: list(named("a"), named("b")),
    outside: list({ ...top, digest: "sha256:../../../etc/passwd" }),
    foreign: list({ ...top, mediaType: "text/plain" }),
    escaping: list({ ...top, mediaType: "text/\u001b[2J" }),
  };
}

/** The files as a tar, with the name of every other one in an extension of pax. */
export function tarOf(files: ReadonlyMap<string, Buffer>): Buffer {
  const blocks = [...files].flatMap(([name, bytes], index) => {
    if (index % 2 === 0) return entry(`./${name}`, "0", bytes);
    const record = ` path=${name}\n`;
    const length = record.length + String(record.length + 2).length;
    return [...entry("PaxHeader", "x", Buffer.from(`${length}${record}`)), ...entry("short", "0", bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function entry(name: string, type: string, bytes: Buffer): readonly Buffer[] {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("        ", 148);
  header.write(type, 156);
  header.write("ustar\0" + "00", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
}
