import { parseCertificateFiles } from "./files";
import { publicRootOf, signsItself } from "./public-roots";

/**
 * The public root that the files leave out, PEM; empty if they do not. Load balancers need not send it, but programs that
 * trust the chain in the cluster alone look for a root in it.
 */
export function missingRoot(
  [certificateFile = "", chainFile]: readonly string[],
  roots?: readonly string[],
): string {
  const { certificates, chain } = parseCertificateFiles({ certificateFile, chainFile, privateKeyFile: "" });
  const last = chain?.at(-1) ?? certificates?.[0];
  if (last === undefined || signsItself(last)) return "";
  return publicRootOf(last, roots)?.toString() ?? "";
}
