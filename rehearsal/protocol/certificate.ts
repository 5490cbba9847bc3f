import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A self-signed certificate and its key. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly keyPem: string;
}

// DER of fixed parts, in hexadecimal.
const ECDSA_WITH_SHA256 = "06082a8648ce3d040302";
const COMMON_NAME = "0603550403";
const BASIC_CONSTRAINTS = "0603551d13";
const KEY_USAGE = "0603551d0f";
const SUBJECT_ALT_NAME = "0603551d11";
const VERSION_3 = "a003020102";
const TRUE = "0101ff";
const SIGN_AND_ENCIPHER_AND_CERT_SIGN = "030202a4";

/** Makes the one-time certificate that go-plugin's mutual TLS wants; Node can read X.509 but not make it. */
export function selfSignedCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(publicKey);
  const signature = tlv(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const der = sequence(body, sequence(hex(ECDSA_WITH_SHA256)), signature);
  return {
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function certificateBody(publicKey: KeyObject): Buffer {
  const name = sequence(tlv(0x31, sequence(hex(COMMON_NAME), tlv(0x0c, Buffer.from("localhost")))));
  const serial = randomBytes(16);
  // A serial number is positive and has no leading zero byte.
  serial.writeUInt8((serial.readUInt8() & 0x7f) | 0x01);
  return sequence(
    hex(VERSION_3),
    tlv(0x02, serial),
    sequence(hex(ECDSA_WITH_SHA256)),
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
    sequence(hex(BASIC_CONSTRAINTS), hex(TRUE), tlv(0x04, sequence(hex(TRUE)))),
    sequence(hex(KEY_USAGE), hex(TRUE), tlv(0x04, hex(SIGN_AND_ENCIPHER_AND_CERT_SIGN))),
    sequence(hex(SUBJECT_ALT_NAME), tlv(0x04, sequence(tlv(0x82, Buffer.from("localhost"))))),
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
