import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Resource } from "../../../synthesis/resource";
import type { Provision } from "../expectation";

/** Certificates of the load balancers: by the tag that the platform looks for, and whether the platform has their chain. */
export function providedCertificates(synthesised: SynthesisedJson): readonly Provision[] {
  // The release service has load balancers of its own, which the platform's programs do not reach by the trusted chain.
  const listeners = synthesised
    .of("aws_lb_listener")
    .filter((listener) => listener.layer === "lb-waf" && listener.has("certificate_arn"));
  const certificates = [
    ...new Set(listeners.flatMap((listener) => synthesised.targets(listener, "certificate_arn"))),
  ];
  const tagged = certificates.flatMap((certificate) =>
    certificate
      .texts("tags.Name")
      .map((name) => ({ kind: "certificate", name: `Name=${name}`, by: certificate.address }) as const),
  );
  const [listener] = listeners;
  if (listener === undefined || certificates.some(staysInAws)) return tagged;
  const chain = "chain of orch-gateway/tls-orch at the load balancer";
  return [...tagged, { kind: "certificate", name: chain, by: listener.address }];
}

/** The private key of a certificate that Amazon issues cannot be read, unless it is requested as exportable. */
function staysInAws(certificate: Resource): boolean {
  return certificate.has("validation_method") && !certificate.is("options.export", "ENABLED");
}
