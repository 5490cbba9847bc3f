import { defineCommand } from "../../run/command";

/** `provision tunnel`. */
export const tunnel = defineCommand({
  name: "tunnel",
  verb: "open tunnels to",
  summary:
    "open private servers, such as the Kubernetes API, to this machine through the bastion, until Ctrl-C",
  examples: [
    ["tunnel --env prod --only eks", "kubectl against the private cluster"],
    ["tunnel --env prod", "the cluster and the database"],
  ],
  options: {},
  uses: {
    terraform: true,
    sessions: "always",
    rehearsal: "no",
    selection: {
      count: "any number",
      summary: "the layer to reach: one with private servers, such as eks or aurora; default: all of them",
      fits: (layer) => layer.endpoints !== undefined,
    },
  },
  load: () => import("./tunnel.ts"),
});
