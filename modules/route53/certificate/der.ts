/** One element in DER: tag, length, content: https://www.itu.int/rec/T-REC-X.690 */
export function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

/** Tags of the elements that certificates and keys consist of. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  text: 0x0c,
  sequence: 0x30,
  set: 0x31,
  shortTime: 0x17,
  time: 0x18,
  /** The element with this number in the context of its parent. */
  context: (number: number) => 0xa0 + number,
} as const;

function lengthOf({ length }: Buffer): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
