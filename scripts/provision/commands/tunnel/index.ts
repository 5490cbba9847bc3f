import { defineCommand } from "../../run/command";

/** `provision tunnel`. */
export const tunnel = defineCommand({
  name: "tunnel",
  summary: "open the private Kubernetes API and database to this machine, through the bastion, until Ctrl-C",
  examples: [
    ["tunnel --env prod --only eks", "kubectl against the private cluster"],
    ["tunnel --env prod", "the cluster and the database"],
  ],
  options: {},
  uses: {
    terraform: true,
    rehearsal: "no",
    selection: {
      count: "any number",
      summary: "the layer to reach: eks or aurora; default: both",
      fits: ({ name }) => ["eks", "aurora"].includes(name),
    },
  },
  load: () => import("./tunnel.ts"),
});
