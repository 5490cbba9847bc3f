import { defineLayer } from "../../lib/layer";
import { text } from "../../lib/outputs";
import { vpc } from "../vpc/layer";
import { Settings } from "./settings";

/** The orchestrator's names and the certificate for them. */
export const route53 = defineLayer({
  name: "route53",
  summary: "Public and private DNS zone, delegation, TLS certificate",
  settings: Settings,
  needs: { vpc },
  outputs: {
    publicZoneId: text("Hosted zone that the internet sees", /^Z/),
    privateZoneId: text("Hosted zone that the VPC sees", /^Z/),
    certificateArn: text("ACM certificate for the domain and its wildcard, issued", /:acm:.*:certificate\//),
  },
  build() {
    throw new Error("not built yet");
  },
});
