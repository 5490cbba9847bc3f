import { createECDH, createPrivateKey, type KeyObject, sign } from "node:crypto";
import type { Generating } from "../../../lib/layer/generated-values";
import { element, tags } from "./der";

/** A certificate that signs itself, and its private key, PEM; named as Terraform names things. */
export interface FirstCertificate {
  readonly certificate: string;
  readonly private_key: string;
}

/**
 * Generates the certificate that load balancers have until the platform imports that of Let's Encrypt in its place. ACM
 * allows that only with a key of the same type and size, and with no extension that the earlier certificate lacks:
 * https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html
 * https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html
 * The platform requests ECDSA with the curve P-384:
 * https://github.com/open-edge-platform/orch-utils/blob/main/charts/platform-autocert/templates/platform-autocert.yaml
 */
export function firstCertificate(domain: string, { now, randomBytes }: Generating): FirstCertificate {
  const { privateKey, publicKey } = keyPair(randomBytes);
  const body = certificateBody(domain, { publicKey, now, serial: randomBytes(8) });
  const signature = bits(sign("sha384", body, privateKey));
  return {
    certificate: pem(sequence(body, ecdsaWithSha384, signature)),
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** A key of the curve P-384: https://www.rfc-editor.org/rfc/rfc5915#section-3 and, for the public one, rfc5480#section-2 */
function keyPair(randomBytes: Generating["randomBytes"]): { privateKey: KeyObject; publicKey: Buffer } {
  const ecdh = createECDH("secp384r1");
  ecdh.setPrivateKey(randomBytes(48));
  const point = bits(ecdh.getPublicKey());
  const secret = element(tags.octets, ecdh.getPrivateKey());
  const key = sequence(integer(1), secret, context(0, secp384r1), context(1, point));
  return {
    privateKey: createPrivateKey({ key, format: "der", type: "sec1" }),
    publicKey: sequence(sequence(oid("2a8648ce3d0201"), secp384r1), point),
  };
}

const day = 86_400_000;
/** As long as those of Let's Encrypt, so that the alarm on its expiry fires after two months without one. */
const validDays = 90;

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificateBody(
  domain: string,
  given: { readonly publicKey: Buffer; readonly now: Date; readonly serial: Buffer },
): Buffer {
  // A clock that is some minutes ahead of AWS's must not make it a certificate that is not valid yet.
  const from = given.now.getTime() - day;
  const subject = nameOf(domain);
  return sequence(
    context(0, integer(2)),
    // Positive, hence the first byte.
    element(tags.integer, Buffer.from([1]), given.serial),
    ecdsaWithSha384,
    subject,
    sequence(time(from), time(from + validDays * day)),
    subject,
    given.publicKey,
    context(3, sequence(alternativeNames(domain, `*.${domain}`), signatureUsage, serverUsage)),
  );
}

const sequence = (...parts: readonly Buffer[]) => element(tags.sequence, ...parts);
const context = (number: number, content: Buffer) => element(tags.context(number), content);
const integer = (value: number) => element(tags.integer, Buffer.from([value]));
const oid = (hex: string) => element(tags.oid, Buffer.from(hex, "hex"));
const bits = (content: Buffer, unused = 0) => element(tags.bits, Buffer.from([unused]), content);

/** With two digits of the year until 2049: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
function time(milliseconds: number): Buffer {
  const date = new Date(milliseconds);
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050
    ? element(tags.shortTime, Buffer.from(digits.slice(2)))
    : element(tags.time, Buffer.from(digits));
}

const secp384r1 = oid("2b81040022");
const ecdsaWithSha384 = sequence(oid("2a8648ce3d040303"));
const attribute = (type: string, value: string) =>
  element(tags.set, sequence(oid(type), element(tags.text, Buffer.from(value))));
const organisation = attribute("55040a", "Until the platform imports another certificate");
const longestCommonName = 64;
/** The first of nine bits, the digital signature: what Let's Encrypt sets for keys of this type. */
const signatureUsage = extension("551d0f", bits(Buffer.from([0x80]), 7));
const serverUsage = extension("551d25", sequence(oid("2b06010505070301")));

/** What ACM and browsers show; clients compare the alternative names, which have no such limit. */
function nameOf(domain: string): Buffer {
  return sequence(organisation, ...(domain.length <= longestCommonName ? [attribute("550403", domain)] : []));
}

function alternativeNames(...names: readonly string[]): Buffer {
  return extension("551d11", sequence(...names.map((name) => element(0x82, Buffer.from(name)))));
}

function extension(name: string, value: Buffer): Buffer {
  return sequence(oid(name), element(tags.octets, value));
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
