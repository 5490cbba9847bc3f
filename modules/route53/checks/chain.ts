import { X509Certificate } from "node:crypto";
// A list that Node brings along: nothing is connected.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { rootCertificates } from "node:tls";
import type { Problem } from "../../../lib/layer/layer";
import { type FileSetting, fileProblem } from "./report";
import { validityProblem } from "./validity";

interface Context {
  /** The setting whose file holds the chain. */
  readonly setting: FileSetting;
  readonly now: Date;
  /** Public roots, PEM; default: those of Node. */
  readonly roots?: readonly string[];
}

/** Reports a chain that is out of order, has expired or does not end at a root. */
export function chainProblem(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  { setting, now, roots = rootCertificates }: Context,
): Problem | undefined {
  const path = [certificate, ...chain];
  const broken = unfollowed(path);
  if (broken !== undefined)
    return fileProblem(
      setting,
      `the issuer of "${commonName(broken.subject)}" does not follow it`,
      "Order the chain from the certificate's issuer to the root",
    );
  return invalid(chain, { setting, now }) ?? incomplete(path, { setting, roots });
}

/** Clients take a root from their own store, whatever is sent. */
function invalid(chain: readonly X509Certificate[], { setting, now }: Context): Problem | undefined {
  const problems = chain
    .filter((each) => !issued(each, each))
    .map((each) =>
      validityProblem(each, { setting, now, subject: `the certificate of "${commonName(each.subject)}" ` }),
    );
  return problems.find((problem) => problem !== undefined);
}

function incomplete(
  path: readonly X509Certificate[],
  { setting, roots }: Required<Pick<Context, "setting" | "roots">>,
): Problem | undefined {
  const last = path.at(-1);
  if (last === undefined || endsAtRoot(last, roots)) return undefined;
  const issuer = commonName(last.issuer);
  return fileProblem(
    setting,
    `ends at "${commonName(last.subject)}", whose issuer "${issuer}" is neither in it nor a public root`,
    `Append the certificate of "${issuer}"${setting === "certificateFile" ? ", or specify chainFile" : ""}`,
  );
}

/** Whether each certificate is followed by that of its issuer. */
export function isOrdered(path: readonly X509Certificate[]): boolean {
  return unfollowed(path) === undefined;
}

function unfollowed(path: readonly X509Certificate[]): X509Certificate | undefined {
  return path.find((lower, index) => {
    const upper = path[index + 1];
    return upper !== undefined && !issued(upper, lower);
  });
}

function issued(upper: X509Certificate, lower: X509Certificate): boolean {
  return lower.checkIssued(upper) && lower.verify(upper.publicKey);
}

function endsAtRoot(last: X509Certificate, publicRoots: readonly string[]): boolean {
  if (issued(last, last)) return true;
  const roots = publicRoots.map((pem) => new X509Certificate(pem));
  return roots.some((root) => issued(root, last) || isSame(root, last));
}

/** A root that another authority has signed too: clients have the one that signs itself, and accept the chain with it. */
function isSame(root: X509Certificate, last: X509Certificate): boolean {
  return root.subject === last.subject && root.publicKey.equals(last.publicKey);
}

/** Subjects have one field per line: `O=Example\nCN=Example CA`. */
export function commonName(subject: string): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll("\n", ", ");
}
