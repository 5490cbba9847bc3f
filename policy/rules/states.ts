import { rules } from "../rule";

/** Rules about the states that layers read. */
export const stateRules = rules({
  "remote-state-used": {
    title: "Every remote state that a layer reads is used",
    publicIds: [],
    reason:
      "A layer that reads the state of another cannot be applied before it, nor by a principal that cannot read it",
    fix: "Remove the layer from needs, or use one of its outputs",
    check: (synthesised) =>
      synthesised.reads
        .filter(({ type }) => type === "data.terraform_remote_state")
        .filter(({ layer, name }) => !synthesised.layersUsedBy(layer).includes(name))
        .map(({ layer, address }) => ({ layer, address, message: "none of its outputs is used" })),
  },
});
