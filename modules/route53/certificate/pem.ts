/** One block of a PEM file, with trimmed lines; ACM refuses lines with trailing spaces. */
export interface PemBlock {
  /** E.g. `CERTIFICATE`. */
  readonly label: string;
  readonly text: string;
}

const blocks = /-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----/gs;

/** The blocks of a PEM file; text between them, e.g. of `openssl s_client`, is left out. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(blocks)].map(([block, label = ""]) => {
    const lines = block.split(/\r\n?|\n/).map((line) => line.trim());
    return { label, text: `${lines.join("\n")}\n` };
  });
}

/** Whether the block is a certificate, and not e.g. a request for one. */
export function isCertificate({ label }: PemBlock): boolean {
  return label === "CERTIFICATE";
}
