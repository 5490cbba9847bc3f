import { UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { readLayer } from "../../../../synthesis/read";
import type { Counts, Outcome } from "../../run/outcome";
import { retryLine, type Run } from "../../run/run";
import type { Terraform } from "../../terraform/terraform";
import { type KubernetesApi, KubernetesError } from "../../world/index";
import { clusterApi } from "../cluster";
import { type DeclaredObject, declaredObjects, type DeclaredRelease, declaredReleases } from "./declared";
import type { Finding } from "./finding";
import { foreignLabels } from "./foreign-labels";
import { interruptedReleases } from "./interrupted-releases";
import { lostObjects, otherDefaults } from "./lost";
import { assertUnlocked } from "./unlocked";
import { isImported, replacedSecret, unknownObjects } from "./unknown-objects";

/** Read by Terraform beside the layer's JSON. */
const importFile = "provision_found.tf.json";

/** A layer whose objects are in a cluster, and Terraform for it with the variables of `withPrivateEndpoint`. */
export interface AroundCluster {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  readonly variables: Readonly<Record<string, string>>;
  /** Asks before findings are removed or restored; unset: they are only shown, as a plan does. */
  readonly agree?: (findings: readonly Finding[], question: string) => Promise<void>;
}

/**
 * Plans or applies a layer together with what Terraform does not see in its cluster: what a killed run left without state is
 * imported or removed before, and what somebody has deleted, scaled or marked outside Terraform is restored afterwards.
 */
export async function aroundCluster(
  run: Run,
  around: AroundCluster,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  const { layer, terraform, variables } = around;
  if (run.request.rehearse || !isInCluster(run, layer)) return act();
  const json = readLayer(run.world.files, terraform.folder);
  const declared = { releases: declaredReleases(json), objects: declaredObjects(json) };
  if (declared.releases.length + declared.objects.length === 0) return act();
  const work = new Work(run, around, { ...declared, api: await clusterApi(run, layer, variables) });
  return work.around(act);
}

/** Whether the server that the layer's providers talk to is the cluster that a layer declares. */
function isInCluster({ layers }: Run, { reaches }: AnyLayer): boolean {
  return layers.some((layer) => layer.cluster !== undefined && layer.name === reaches?.layer);
}

interface Declared {
  readonly api: KubernetesApi;
  readonly releases: readonly DeclaredRelease[];
  readonly objects: readonly DeclaredObject[];
}

type Unknown = Awaited<ReturnType<typeof unknownObjects>>;

class Work {
  private readonly cured: Finding[] = [];

  constructor(
    private readonly run: Run,
    private readonly place: AroundCluster,
    private readonly declared: Declared,
  ) {}

  async around(act: () => Promise<Outcome>): Promise<Outcome> {
    const imported = await this.asking<Unknown>([], () => this.clear());
    const outcome = await this.importing(imported, act);
    const findings = await this.asking<readonly Finding[]>([], () => this.lost(imported));
    const isCured = await this.settle(findings, { verb: "apply restores it", question: "Restore them?" });
    if (!isCured && findings.length > 0 && outcome.kind === "unchanged")
      return { ...outcome, kind: "to change" };
    return withCounts(outcome, this.cured);
  }

  /** Removes what Terraform cannot import; returns what it can. */
  private async clear(): Promise<Unknown> {
    const { api, releases, objects } = this.declared;
    const interrupted = await interruptedReleases(api, releases);
    const unknown = await unknownObjects(api, objects, await this.addresses());
    const secrets = unknown
      .filter(({ object }) => !isImported(object))
      .map((secret) => replacedSecret(secret, releases));
    const left = [...interrupted, ...secrets];
    if (left.length > 0 && this.place.agree !== undefined) await assertUnlocked(this.run, this.place);
    await this.settle(left, {
      verb: "apply deletes it",
      question: "Delete these, so that Terraform can create them?",
    });
    return unknown.filter(({ object }) => isImported(object));
  }

  private async lost(imported: Unknown): Promise<readonly Finding[]> {
    const { api, releases, objects } = this.declared;
    const labels = this.place.agree === undefined ? [] : await foreignLabels(api, imported);
    return [...(await lostObjects(api, releases)), ...(await otherDefaults(api, objects)), ...labels];
  }

  /** Shows findings, and cures them unless that is left to an apply; returns whether it did. */
  private async settle(
    findings: readonly Finding[],
    { verb, question }: { readonly verb: string; readonly question: string },
  ): Promise<boolean> {
    const { agree, layer } = this.place;
    for (const { text } of findings)
      this.run.events.note(agree === undefined ? `${text}; ${verb}` : text, "warning");
    if (findings.length === 0) return false;
    if (agree === undefined) {
      this.run.events.publish({ type: "found in cluster", layer: layer.name, findings });
      return false;
    }
    await agree(findings, question);
    for (const finding of findings) {
      try {
        await finding.cure(this.declared.api);
      } catch (error) {
        throw refused(error, finding, retryLine(this.run, layer));
      }
      this.cured.push(finding);
    }
    return true;
  }

  /** A cluster that does not answer is Terraform's to report. */
  private async asking<Result>(otherwise: Result, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error;
      this.run.events.note(
        `Not compared with the cluster: the Kubernetes API says "${error.message}"`,
        "quiet",
      );
      return otherwise;
    }
  }

  private async importing(objects: Unknown, act: () => Promise<Outcome>): Promise<Outcome> {
    const { files } = this.run.world;
    const path = `${this.place.terraform.folder}/${importFile}`;
    // A run that was killed may have left it.
    files.remove(path);
    if (objects.length === 0) return act();
    const blocks = objects.map(({ address, object }) => {
      const { name, namespace } = object.metadata;
      return { to: address, id: namespace === undefined ? name : `${namespace}/${name}` };
    });
    for (const { to, id } of blocks) this.run.events.note(`${to} exists as ${id}, and is imported`);
    files.write(path, JSON.stringify({ import: blocks }, undefined, 2));
    try {
      return await act();
    } finally {
      this.run.records.remove(path);
    }
  }

  private async addresses(): Promise<ReadonlySet<string>> {
    // 1: there is no state yet.
    const { stdout } = await this.place.terraform.run(["state", "list"], { quiet: true, accept: [0, 1] });
    return new Set(stdout.split("\n"));
  }
}

function refused(error: unknown, { text }: Finding, retry: string): unknown {
  if (!(error instanceof KubernetesError)) return error;
  return new UserError(
    `Cannot correct "${text}": the Kubernetes API says "${error.message}"`,
    `Correct what it reports, then run: ${retry}`,
  );
}

function withCounts(outcome: Outcome, cured: readonly Finding[]): Outcome {
  if (cured.length === 0) return outcome;
  const count = (effect: keyof Counts) =>
    (outcome.counts?.[effect] ?? 0) + cured.filter((one) => one.effect === effect).length;
  const counts = { added: count("added"), changed: count("changed"), destroyed: count("destroyed") };
  return { ...outcome, kind: outcome.kind === "unchanged" ? "applied" : outcome.kind, counts };
}
