import { z } from "zod";
import { Certificate } from "./certificate/settings";
import { Zones } from "./zones/settings";

/** Settings of the route53 layer in an environment file. */
export const Settings = z.strictObject({
  certificate: Certificate.describe("Source of the load balancers' certificate, and of the platform's"),
  zones: Zones.prefault({ source: "new" }).describe("The hosted zones of the domain"),
});
