import { allowNew } from "../../../../lib/environment/allow-new";
import { ConfigError } from "../../../../lib/environment/config-error";
import { dotted } from "../../../../lib/environment/dotted-path";
import { loadEnvironment, type LoadedEnvironment } from "../../../../lib/environment/environment";
import type { PlacedProblem } from "../../../../lib/environment/position";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { partitionOf } from "../../../../lib/layer/region-partition";
import type { Answers } from "./answers";
import { type FileContents, fileText } from "./file-text";

/** What a file is checked against, and called in messages. */
export interface Checking {
  readonly layers: readonly AnyLayer[];
  readonly file: string;
  readonly now: Date;
}

/** Checks a file as every run does. Throws a `ConfigError` that lists all of its problems. */
export function load({ layers, file, now }: Checking, text: string): LoadedEnvironment {
  return loadEnvironment(layers, { file, text, now, read: () => undefined });
}

/**
 * What a run would say of a file with these answers, each as its lines: rules of the file are rules of the answers. What was
 * not answered yet is filled in so that it is valid.
 */
export function answerProblems(
  checking: Checking,
  contents: Omit<FileContents, "cost">,
): readonly (readonly string[])[] {
  const answers = { ...assumed(contents.answers), ...contents.answers };
  try {
    load(checking, fileText({ ...contents, answers, cost: [] }));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return distinct(error.problems).map(({ path, message, hint }) => [
      path.length === 0 ? message : `${dotted(path)}: ${message}`,
      ...(hint === undefined ? [] : [hint.replace(allowNew, copyExample)]),
    ]);
  }
}

/** No answer sets `skipRegionValidation`. */
const copyExample = "edit a copy of configs/example.yaml for one that is newer than this release";

/** One answer can be wrong at several places of the file, as the region, and as that of the state bucket. */
function distinct(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return problems.filter(
    ({ message }, index) => problems.findIndex((other) => other.message === message) === index,
  );
}

function assumed({ account = "", region = "us-west-2" }: Answers): Answers {
  // An account that is not accepted would make the role wrong, too.
  const usable = /^\d{12}$/.test(account) ? account : "123456789012";
  return {
    account: usable,
    region,
    zones: ["a", "b", "c"].map((letter) => `${region}${letter}`).join(),
    domainKind: "parent",
    domain: "example.com",
    adminRoles: `arn:${partitionOf(region)}:iam::${usable}:role/admin`,
    vpcCidr: "10.20.0.0/20",
  };
}
