import type { RunEvent } from "../../run/events";
import type { Run } from "../../run/run";
import { type EndingObject, finalSnapshotOf, textOf } from "./ending-objects";

/** What AWS keeps of the objects that a run has deleted: final snapshots, and keys until their waiting period is over. */
export class Remaining {
  private readonly expected = new Map<string, string>();
  private readonly found: string[] = [];

  constructor(private readonly run: Run) {
    run.events.listen(this.listen);
  }

  /** Notes what is left of each of these objects once it is deleted. */
  expect(layer: string, ending: readonly EndingObject[]): void {
    const { region } = this.run.loaded.environment;
    for (const object of ending) {
      const text = snapshotText(object, region) ?? keyText(object, region)?.remaining;
      if (text !== undefined) this.expected.set(`${layer} ${object.address}`, text);
    }
  }

  /** Names it, also of a run that failed: nothing else remembers what was in a state. */
  show(): void {
    if (this.run.request.rehearse) return;
    const about = "what AWS keeps of what was deleted";
    this.run.events.publish({
      ...{ type: "account checked", title: "Snapshots and keys", about },
      ...{ findings: this.found, unknown: [] },
    });
  }

  private readonly listen = (event: RunEvent): void => {
    if (event.type !== "object changed" || event.change.action !== "delete") return;
    const text = this.expected.get(`${event.layer} ${event.change.address}`);
    if (text !== undefined) this.found.push(text);
  };
}

function snapshotText(object: EndingObject, region: string): string | undefined {
  const name = finalSnapshotOf(object);
  if (name === undefined) return undefined;
  return `Final snapshot ${name} of ${object.address}; to delete it, run: aws rds delete-db-cluster-snapshot --region ${region} --db-cluster-snapshot-identifier ${name}`;
}

/** What is left of a key for some days, before and after its deletion; undefined for all else. */
export function keyText(
  { address, type, attributes }: EndingObject,
  region: string,
): { readonly left: string; readonly remaining: string } | undefined {
  if (type !== "aws_kms_key") return undefined;
  const days = Number(attributes["deletion_window_in_days"] ?? 30);
  const id = textOf(attributes["key_id"]) ?? String(attributes["id"]);
  const until = `which AWS deletes after ${days} days`;
  const place = regionOf(attributes["arn"]) ?? region;
  return {
    left: `the key ${address}, ${until}`,
    remaining: `Key ${id} (${address}), ${until}; to keep it, run: aws kms cancel-key-deletion --region ${place} --key-id ${id}`,
  };
}

/** `us-west-2` of `arn:aws:kms:us-west-2:…`. */
function regionOf(arn: unknown): string | undefined {
  return textOf(textOf(arn)?.split(":")[3]);
}
