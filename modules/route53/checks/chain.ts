import { X509Certificate } from "node:crypto";
// A list that Node brings along: nothing is connected.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { rootCertificates } from "node:tls";
import type { Problem } from "../../../lib/layer/layer";

type Report = (setting: "chainFile", message: string, hint: string) => Problem;

/** Reports a chain that is out of order or does not end at a root. */
export function chainProblem(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  report: Report,
): Problem | undefined {
  const path = [certificate, ...chain];
  const broken = path.find((lower, index) => {
    const upper = path[index + 1];
    return upper !== undefined && !issued(upper, lower);
  });
  if (broken !== undefined)
    return report(
      "chainFile",
      `the issuer of "${commonName(broken.subject)}" does not follow it`,
      "Order the chain from the certificate's issuer to the root",
    );
  const last = path.at(-1);
  if (last === undefined || endsAtRoot(last)) return undefined;
  return report(
    "chainFile",
    `ends at "${commonName(last.subject)}", whose issuer "${commonName(last.issuer)}" is neither in it nor a public root`,
    `Append the certificate of "${commonName(last.issuer)}"`,
  );
}

function issued(upper: X509Certificate, lower: X509Certificate): boolean {
  return lower.checkIssued(upper) && lower.verify(upper.publicKey);
}

function endsAtRoot(last: X509Certificate): boolean {
  if (issued(last, last)) return true;
  const roots = rootCertificates.map((pem) => new X509Certificate(pem));
  return roots.some((root) => issued(root, last));
}

/** Subjects have one field per line: `O=Example\nCN=Example CA`. */
function commonName(subject: string): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll("\n", ", ");
}
