import { z } from "zod";
import type { AnyLayer } from "../../../lib/layer/layer";
import { outputsOf } from "../terraform/needs";
import { reaching } from "./reach";
import { serverAt } from "./server-at";
import type { Run } from "../run/run";
import type { Server } from "../world/index";

/**
 * Hands `act` the Terraform variables with which the layer's providers get through to what they talk to. Opens a tunnel
 * while `act` runs, unless it is needless: in a rehearsal, where the operator says where the server is, and where this
 * machine reaches it by itself.
 */
export async function withPrivateEndpoint<Result>(
  run: Run,
  layer: AnyLayer,
  act: (variables: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const variable = `TF_VAR_${layer.reaches?.variable ?? ""}`;
  const needless = layer.reaches === undefined || run.request.rehearse || variable in run.environment;
  const server = needless ? undefined : await privateServer(run, layer);
  if (server === undefined) return act({});
  return reaching(run, server, ({ localPort }) =>
    act(localPort === undefined ? {} : { [variable]: `https://localhost:${localPort}` }),
  );
}

/** Undefined if the layer that creates it does not exist; Terraform reports that. */
async function privateServer(run: Run, { reaches }: AnyLayer): Promise<Server | undefined> {
  const layer = run.layers.find(({ name }) => name === reaches?.layer);
  if (reaches === undefined || layer === undefined) return undefined;
  const outputs = run.known.get(layer.name) ?? (await outputsOf(run, layer));
  const published = z.object({ [reaches.url]: z.url(), [reaches.authority]: z.string() }).safeParse(outputs);
  if (!published.success) return undefined;
  return serverAt(published.data[reaches.url] ?? "", published.data[reaches.authority] ?? "");
}
