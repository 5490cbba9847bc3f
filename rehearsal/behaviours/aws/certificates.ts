import { containsUnknown, unknownValue } from "../../engine/unknown";
import type { Attributes, Context } from "../../engine/behaviour";
import { listOf, textOf } from "../../engine/read-value";
import { digest, uuidFrom } from "../../cloud/digest";
import { arn } from "./arn";
import type { Behaviours } from "./naming";

/** ACM. */
export const certificates: Behaviours = {
  aws_acm_certificate: {
    id: (_planned, context) =>
      arn(context, "acm", `certificate/${uuidFrom(context.hash("certificate", 32))}`),
    planned: (planned) => optionsInPlan(planned),
    computed: certificateValues,
    remove: refuseInUse,
  },
  aws_acm_certificate_validation: {
    id: ({ certificate_arn }) => textOf(certificate_arn) ?? "",
    check: ({ certificate_arn }, { cloud }) => {
      const certificate = textOf(certificate_arn) ?? "";
      return cloud.get("aws_acm_certificate", certificate)
        ? undefined
        : `ResourceNotFoundException: Could not find certificate ${certificate}`;
    },
  },
};

function domainsOf({ domain_name, subject_alternative_names }: Attributes): readonly string[] {
  const names = [domain_name, ...listOf(subject_alternative_names)];
  return [...new Set(names.flatMap((name) => textOf(name) ?? []))];
}

/**
 * The provider knows while planning which names will have to be proven, so that `for_each` over
 * `domain_validation_options` works; only the records themselves are known after apply.
 */
function optionsInPlan(planned: Attributes): Attributes {
  if (planned.validation_method !== "DNS") return {};
  // Names that are left out are unknown as a whole, and then there are none; one unknown name hides them all.
  const names = listOf(planned.subject_alternative_names);
  if (textOf(planned.domain_name) === undefined || names.some(containsUnknown)) return {};
  const open = {
    resource_record_name: unknownValue,
    resource_record_type: unknownValue,
    resource_record_value: unknownValue,
  };
  return {
    domain_validation_options: domainsOf(planned).map((domain) => ({ domain_name: domain, ...open })),
  };
}

function validationRecord(domain: string): Attributes {
  const proven = domain.replace(/^\*\./, "");
  return {
    domain_name: domain,
    resource_record_name: `_${digest(proven, 32)}.${proven}.`,
    resource_record_type: "CNAME",
    resource_record_value: `_${digest(`${proven} value`, 32)}.acm-validations.aws.`,
  };
}

function certificateValues(planned: Attributes, context: Context): Attributes {
  const imported = typeof planned.certificate_body === "string";
  return {
    arn: context.id,
    status: "ISSUED",
    type: imported ? "IMPORTED" : "AMAZON_ISSUED",
    key_algorithm: "RSA_2048",
    not_before: "2025-01-01T00:00:00Z",
    not_after: "2027-01-01T00:00:00Z",
    renewal_eligibility: imported ? "INELIGIBLE" : "ELIGIBLE",
    subject_alternative_names: domainsOf(planned),
    validation_method: "NONE",
    domain_validation_options:
      planned.validation_method === "DNS" ? domainsOf(planned).map(validationRecord) : [],
    options: [{ certificate_transparency_logging_preference: imported ? "" : "ENABLED", export: "DISABLED" }],
  };
}

function refuseInUse(_state: Attributes, { cloud, id }: Context): string | undefined {
  const users = [...cloud.list("aws_lb_listener"), ...cloud.list("aws_lb_listener_certificate")];
  const user = users.find(({ attributes }) => attributes.certificate_arn === id);
  return user && `ResourceInUseException: Certificate ${id} is in use by ${user.id}`;
}
