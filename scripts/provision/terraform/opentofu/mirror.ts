import { exitCodes, UserError } from "../../../../lib/errors";
import type { Request } from "../../command-line/request";
import type { World } from "../../world/index";

/** OpenTofu's own releases: https://opentofu.org/docs/intro/install/standalone/ */
const releases = "https://github.com/opentofu/opentofu/releases/download";
const variable = "PROVISION_TOOLS_MIRROR";

/** The folder of a release on the server that it is fetched from, without credentials, and the header that carries them. */
export interface Mirror {
  readonly folder: URL;
  readonly authorization: string | undefined;
}

/** The mirror that --tools-mirror or PROVISION_TOOLS_MIRROR names, or OpenTofu's releases; throws `UserError`. */
export function mirrorOf(
  { environment, downloads }: World,
  { toolsMirror }: Pick<Request, "toolsMirror">,
): Mirror {
  // Set to nothing, it is not set.
  const named = toolsMirror ?? (environment[variable] || releases);
  const source = toolsMirror === undefined ? variable : "--tools-mirror";
  const url = URL.canParse(named) ? new URL(named) : undefined;
  // The value is not repeated, because it may hold a password.
  if (url === undefined || !["https:", "http:"].includes(url.protocol) || url.search !== "")
    throw refused(`${source} names no address of a server`, `Set ${source} to a URL such as ${releases}`);
  const { username, password } = url;
  const login = username === "" && password === "" ? undefined : basic(username, password);
  if (login !== undefined && toolsMirror !== undefined)
    throw refused(
      "--tools-mirror names a user, and other users of this machine can read the command line",
      `Set ${variable} to this URL instead`,
    );
  const folder = new URL(`${url.pathname.replace(/\/+$/, "")}/v${downloads.openTofu.version}/`, url.origin);
  return { folder, authorization: login };
}

function basic(username: string, password: string): string {
  const login = `${decoded(username)}:${decoded(password)}`;
  return `Basic ${Buffer.from(login).toString("base64")}`;
}

/** A URL keeps percent signs that encode nothing, as passwords have them. */
function decoded(text: string): string {
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString();
}

function refused(truth: string, hint: string): UserError {
  return new UserError(`Cannot fetch OpenTofu: ${truth}`, hint, exitCodes.preflightFailed);
}
