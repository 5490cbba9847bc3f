import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate authority or a server's certificate, as PEM files hold them. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
  readonly name: string;
}

/** What to put into a certificate; without `by` it signs itself. */
export interface Request {
  readonly name: string;
  readonly by?: Issued;
  /** DNS names and IPv4 addresses it covers. */
  readonly names?: readonly string[];
  /** Whether it may issue others, which those who check it want to see in it. */
  readonly authority?: boolean;
  /** OIDs in hex of its extended key usages; default: no such extension. */
  readonly usages?: readonly string[];
  /** Default: a new key of the curve P-256. */
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly from?: Date;
  readonly to?: Date;
}

/** Issues a certificate with a new key. Written here so that tests need neither OpenSSL nor keys in the repository. */
export function issue({
  name,
  by,
  names = [],
  authority = false,
  usages = [],
  keys,
  from,
  to,
}: Request): Issued {
  const { publicKey, privateKey } = keys ?? generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(by?.name ?? name),
    sequence(time(from ?? new Date("2025-01-01T00:00:00Z")), time(to ?? new Date("2027-01-01T00:00:00Z"))),
    commonName(name),
    publicKey.export({ type: "spki", format: "der" }),
    ...extensions([
      ...(names.length > 0 ? [alternativeNames(names)] : []),
      ...(authority ? [mayIssueOthers] : []),
      ...(usages.length > 0 ? [extendedUsages(usages)] : []),
    ]),
  );
  const signer: string | KeyObject = by?.privateKey ?? privateKey;
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, signer)]));
  return {
    name,
    certificate: pem(sequence(body, ecdsaWithSha256, signature)),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** One ASN.1 element in DER: tag, length, content (X.690). */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => element(0x30, Buffer.concat(parts));
const explicit = (number: number, content: Buffer) => element(0xa0 + number, content);
const integer = (content: Buffer) => element(0x02, content);
const oid = (hex: string) => element(0x06, Buffer.from(hex, "hex"));
const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const commonName = (name: string) =>
  sequence(element(0x31, sequence(oid("550403"), element(0x0c, Buffer.from(name)))));
const time = (date: Date) =>
  element(0x18, Buffer.from(date.toISOString().replace(/[-:T]/g, "").replace(/\.\d+/, "")));
const alternativeNames = (names: readonly string[]) => {
  const entries = names.map((name) =>
    isIPv4(name) ? element(0x87, Buffer.from(name.split(".").map(Number))) : element(0x82, Buffer.from(name)),
  );
  return sequence(oid("551d11"), element(0x04, sequence(...entries)));
};
/** The basic constraint "CA", as critical. */
const mayIssueOthers = sequence(
  oid("551d13"),
  element(0x01, Buffer.from([0xff])),
  element(0x04, sequence(element(0x01, Buffer.from([0xff])))),
);
const extendedUsages = (usages: readonly string[]) =>
  sequence(oid("551d25"), element(0x04, sequence(...usages.map(oid))));
const extensions = (those: readonly Buffer[]) => (those.length > 0 ? [explicit(3, sequence(...those))] : []);
const pem = (der: Buffer) => {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
};
