import { z } from "zod";
import { ifMissing } from "../../../kubernetes/steady";
import type { Checked, Surroundings } from "./check";

/** Nothing else of the Secret is read. */
const certificate = z.object({ data: z.object({ "tls.crt": z.base64() }) });
const port = 443;
const connectSeconds = 5;

/** Whether the certificate that is served is one that the platform's own services trust, of which some trust no other. */
export async function checkCertificate({ run, api, entrance }: Surroundings): Promise<Checked> {
  const { securedHosts, trusted } = entrance;
  const secret = { apiVersion: "v1", kind: "Secret", metadata: trusted };
  const found = certificate.safeParse(await ifMissing(api.read(secret), undefined));
  const name = `${trusted.namespace}/${trusted.name}`;
  if (!found.success) return { outcome: "failed", text: `there is no certificate in the Secret ${name}` };
  const authority = Buffer.from(found.data.data["tls.crt"], "base64").toString();
  const { network } = run.world;
  const served = await Promise.all(
    securedHosts.map(async (host) => {
      if (!(await network.connects({ host, port, seconds: connectSeconds }))) return "silent";
      const speaks = { protocol: "tls", serverName: host, authority, anchors: "any" } as const;
      return (await network.answers({ host, port, speaks })) ? "trusted" : "untrusted";
    }),
  );
  const wrong = securedHosts.filter((_, index) => served[index] === "untrusted");
  if (wrong.length > 0)
    return { outcome: "failed", text: `${wrong.join(", ")}: not the certificate in the Secret ${name}` };
  const silent = securedHosts.filter((_, index) => served[index] === "silent");
  if (silent.length > 0)
    return {
      outcome: "not checked",
      text: `${silent.join(", ")} cannot be reached from this machine (access.adminCidrs)`,
    };
  return { outcome: "passed", text: `served by ${securedHosts.join(", ")}, and trusted by the platform` };
}
