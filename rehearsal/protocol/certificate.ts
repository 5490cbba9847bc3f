import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A self-signed certificate and its key. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly keyPem: string;
}

// DER of fixed parts, in hexadecimal.
const ecdsaWithSha256 = "06082a8648ce3d040302";
const commonName = "0603550403";
const basicConstraints = "0603551d13";
const keyUsage = "0603551d0f";
const subjectAltName = "0603551d11";
const version3 = "a003020102";
const derTrue = "0101ff";
const signEncipherAndCertSign = "030202a4";

/** Makes the one-time certificate that go-plugin's mutual TLS wants; Node can read X.509 but not make it. */
export function selfSignedCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(publicKey);
  const signature = tlv(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const der = sequence(body, sequence(hex(ecdsaWithSha256)), signature);
  return {
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function certificateBody(publicKey: KeyObject): Buffer {
  const name = sequence(tlv(0x31, sequence(hex(commonName), tlv(0x0c, Buffer.from("localhost")))));
  const serial = randomBytes(16);
  // A serial number is positive and has no leading zero byte.
  serial.writeUInt8((serial.readUInt8() & 0x7f) | 0x01);
  return sequence(
    hex(version3),
    tlv(0x02, serial),
    sequence(hex(ecdsaWithSha256)),
    name,
    validity(),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, extensions()),
  );
}

function validity(): Buffer {
  const minute = 60_000;
  const year = 365 * 24 * 60 * minute;
  const now = Date.now();
  return sequence(time(new Date(now - minute)), time(new Date(now + year)));
}

function extensions(): Buffer {
  return sequence(
    sequence(hex(basicConstraints), hex(derTrue), tlv(0x04, sequence(hex(derTrue)))),
    sequence(hex(keyUsage), hex(derTrue), tlv(0x04, hex(signEncipherAndCertSign))),
    sequence(hex(subjectAltName), tlv(0x04, sequence(tlv(0x82, Buffer.from("localhost"))))),
  );
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}

function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, "")));
}
