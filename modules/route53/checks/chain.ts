import type { X509Certificate } from "node:crypto";
import type { Problem } from "../../../lib/layer/layer";
import { isIssuedBy, publicRootOf, signsItself } from "../certificate/public-roots";
import { type FileSetting, fileProblem } from "./report";
import { validityProblem } from "./validity";

interface Context {
  /** The setting whose file holds the chain. */
  readonly setting: FileSetting;
  readonly now: Date;
  /** Public roots, PEM; default: those of Node. */
  readonly roots?: readonly string[] | undefined;
}

/** Reports a chain that is out of order, has expired or does not end at a root. */
export function chainProblem(
  certificate: X509Certificate,
  chain: readonly X509Certificate[],
  { setting, now, roots }: Context,
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
    .filter((each) => !signsItself(each))
    .map((each) =>
      validityProblem(each, { setting, now, subject: `the certificate of "${commonName(each.subject)}" ` }),
    );
  return problems.find((problem) => problem !== undefined);
}

function incomplete(
  path: readonly X509Certificate[],
  { setting, roots }: Pick<Context, "setting" | "roots">,
): Problem | undefined {
  const last = path.at(-1);
  if (last === undefined || signsItself(last) || publicRootOf(last, roots) !== undefined) return undefined;
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
    return upper !== undefined && !isIssuedBy(lower, upper);
  });
}

/** Subjects have one field per line: `O=Example\nCN=Example CA`. */
export function commonName(subject: string): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll("\n", ", ");
}
