import { filled, outlasting } from "../../../../lib/aws-facts/outlasting";
import { layerTags } from "../../aws/tagged-resources";
import type { Creation } from "../../run/creations";
import type { Candidate } from "../../runner/lost-objects/candidates";
import { judge } from "../../runner/lost-objects/importing-plan";
import type { Place } from "../../runner/lost-objects/search";
import { regionOf } from "../../runner/region-of";
import type { UnmaskedResource } from "../../terraform/plan-json";
import type { DrainRun } from "./drain/drain-run";

/** An object that has the name of a resource that is in no state. */
export interface Named extends Candidate {
  /** The command that deletes it. */
  readonly deletion: string;
  /** Its creation was begun here, or it has the tags of the layer; otherwise it may be somebody else's. */
  readonly isOwn: boolean;
}

/** What exists with the name of a resource of this layer that a plan would create; `recorded` was begun here. */
export async function findNamed(
  run: DrainRun,
  { layer, terraform }: Place,
  recorded: readonly Creation[],
): Promise<readonly Named[]> {
  const { files } = run.world;
  const first = await judge(terraform, files, []);
  const wanted =
    first.kind === "planned" ? first.changes.flatMap((change) => namedBy(run, layer.name, change)) : [];
  for (let left = wanted; left.length > 0;) {
    const verdict = await judge(terraform, files, left);
    if (verdict.kind === "planned") {
      const owned = new Set([
        ...recorded.map(({ address }) => address),
        ...verdict.changes
          .filter((one) => hasTags(one, layerTags(run.loaded.environment, layer)))
          .map(addressOf),
      ]);
      return left.map((one) => ({ ...one, isOwn: owned.has(one.address) }));
    }
    left = left.filter(({ address }) => !verdict.candidates.some((refused) => refused.address === address));
  }
  return [];
}

const addressOf = ({ address }: UnmaskedResource) => address;

/** As it was before the plan: an import has what exists. */
function hasTags({ before }: UnmaskedResource, tags: Readonly<Record<string, string>>): boolean {
  const { tags_all: given } = Object(before) as { readonly tags_all?: unknown };
  const known = Object(given) as Readonly<Record<string, unknown>>;
  return Object.entries(tags).every(([key, value]) => known[key] === value);
}

function namedBy(
  run: DrainRun,
  layer: string,
  { address, type, actions, after }: UnmaskedResource,
): readonly Named[] {
  const known = outlasting[type];
  if (known === undefined || actions.join() !== "create") return [];
  const values = Object(after) as Readonly<Record<string, unknown>>;
  const [id, deletion] = [filled(known.importId, values), filled(known.deletion, values)];
  if (id === undefined || deletion === undefined) return [];
  return [
    {
      address,
      id,
      by: "name",
      isOwn: false,
      deletion: `${deletion} --region ${regionOf(run, layer, address)}`,
    },
  ];
}
