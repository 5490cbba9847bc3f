import { parseArgs } from "node:util";
import { exitCodes, UserError } from "../../lib/errors";
import { architectures, type Architecture } from "./image/architecture";
import type { Part } from "./step";

/** What is asked for. */
export interface Order {
  readonly parts: ReadonlySet<Part>;
  readonly architectures: readonly Architecture[];
  readonly key: string | undefined;
}

/** Printed for --help. */
export const usage = `Usage: npm run release -- [options]

Makes the files of a release in dist/, from the commit that is checked out.

  --only <part>      package or image
  --without-image    the same as --only package
  --platform <name>  linux/amd64 or linux/arm64, of the image; repeat it for both; default: both
  --key <key>        private key to sign with, as cosign takes it: a file, whose password is taken from COSIGN_PASSWORD,
                     or an address such as awskms:///alias/release
  --help             print this

Environment:
  SOURCE_DATE_EPOCH  time of everything that is made, in seconds since 1970; default: the commit's`;

/** Reads the command line; undefined for --help. */
export function readArguments(args: readonly string[]): Order | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const { only, key } = values;
  if (only !== undefined && only !== "package" && only !== "image")
    throw wrong(`"${only}" is not a part of it`, "Specify --only package or --only image");
  if (only === "image" && values["without-image"])
    throw wrong("--only image and --without-image leave nothing", "Specify one of them");
  const parts = new Set<Part>(values["without-image"] ? ["package"] : only ? [only] : ["package", "image"]);
  if (key !== undefined) parts.add("signature");
  return { parts, architectures: wantedOf(values.platform), key };
}

/** The command line of an order, as provenance has it: who repeats it needs no key. */
export function commandOf({ parts, architectures: wanted }: Pick<Order, "parts" | "architectures">): string {
  const [only] = parts.has("package") && parts.has("image") ? [] : parts;
  const all = wanted.length === architectures.length || !parts.has("image");
  const platforms = all ? [] : wanted.map((name) => `--platform linux/${name}`);
  const options = [...(only === undefined ? [] : [`--only ${only}`]), ...platforms];
  return ["npm run release", ...(options.length === 0 ? [] : ["--", ...options])].join(" ");
}

/** In the order of the list, so that the order of the options changes no bytes. */
function wantedOf(platforms: readonly string[] | undefined): readonly Architecture[] {
  if (platforms === undefined) return architectures;
  const known = architectures.map((name) => `linux/${name}`);
  const unknown = platforms.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw wrong(`there is no image for ${unknown.join(", ")}`, `Specify --platform ${known.join(" or ")}`);
  return architectures.filter((name) => platforms.includes(`linux/${name}`));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string" },
        "without-image": { type: "boolean" },
        platform: { type: "string", multiple: true },
        key: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw wrong(
      error instanceof Error ? error.message.replace(/\. .*/s, "") : "",
      "See npm run release -- --help",
    );
  }
}

function wrong(truth: string, hint: string): UserError {
  return new UserError(`Cannot make the release: ${truth}`, hint, exitCodes.usage);
}
