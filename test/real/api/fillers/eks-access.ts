import {
  type Asked,
  aTime,
  type Filler,
  found,
  notThere,
  Numbered,
  ok,
  type Params,
  type Place,
} from "./filler";

/** EKS's access entries and pod identities. */
export function eksAccess({ account, partition }: Place): Filler {
  const entries = new Map<string, Params>();
  const policies = new Map<string, Map<string, Params>>();
  const pods = new Map<string, Params>();
  const ids = new Numbered((hex) => `a-${hex}`);
  const keyOf = ({ clusterName, principalArn }: Params) => `${clusterName} ${principalArn}`;
  const arn = ({ region }: Asked, rest: string) => `arn:${partition}:eks:${region}:${account}:${rest}`;
  const times = { createdAt: aTime, modifiedAt: aTime };

  const tagged = (resourceArn: string): Params =>
    [...entries.values(), ...pods.values()].find(
      ({ accessEntryArn, associationArn }) =>
        accessEntryArn === resourceArn || associationArn === resourceArn,
    );

  return {
    service: "eks",
    types: ["aws_eks_access_entry", "aws_eks_access_policy_association", "aws_eks_pod_identity_association"],
    held: () => [...entries.keys(), ...pods.keys()],
    reasons: {
      ListTagsForResource: "moto knows tags of clusters and node groups only",
      TagResource: "moto knows tags of clusters and node groups only",
      UntagResource: "moto knows tags of clusters and node groups only",
    },
    answers: {
      CreateAccessEntry(asked) {
        const { params } = asked;
        const { clusterName, principalArn, type = "STANDARD", username = principalArn } = params;
        const accessEntryArn = arn(asked, `access-entry/${clusterName}/role/${account}/x/${ids.next()}`);
        const entry = { kubernetesGroups: [], tags: {}, ...params, type, username, accessEntryArn, ...times };
        entries.set(keyOf(params), entry);
        return ok({ accessEntry: entry });
      },
      DescribeAccessEntry: ({ params }) =>
        found(entries.get(keyOf(params)), (accessEntry) => ({ accessEntry })),
      UpdateAccessEntry({ params }) {
        const entry = { ...entries.get(keyOf(params)), ...params };
        entries.set(keyOf(params), entry);
        return ok({ accessEntry: entry });
      },
      DeleteAccessEntry({ params }) {
        policies.delete(keyOf(params));
        return entries.delete(keyOf(params)) ? ok() : notThere();
      },
      AssociateAccessPolicy({ params }) {
        const { clusterName, principalArn, policyArn, accessScope } = params;
        const associated = policies.get(keyOf(params)) ?? new Map<string, Params>();
        const policy = { policyArn, accessScope, associatedAt: aTime, modifiedAt: aTime };
        policies.set(keyOf(params), associated.set(policyArn, policy));
        return ok({ clusterName, principalArn, associatedAccessPolicy: policy });
      },
      ListAssociatedAccessPolicies({ params }) {
        const { clusterName, principalArn } = params;
        const associatedAccessPolicies = [...(policies.get(keyOf(params))?.values() ?? [])];
        return ok({ clusterName, principalArn, associatedAccessPolicies });
      },
      DisassociateAccessPolicy({ params }) {
        policies.get(keyOf(params))?.delete(params.policyArn);
        return ok();
      },
      CreatePodIdentityAssociation(asked) {
        const associationId = ids.next();
        const { clientRequestToken: _token, ...params } = asked.params;
        const associationArn = arn(asked, `podidentityassociation/${params.clusterName}/${associationId}`);
        const association = { tags: {}, ...params, associationId, associationArn, ...times };
        pods.set(associationId, association);
        return ok({ association });
      },
      DescribePodIdentityAssociation: ({ params }) =>
        found(pods.get(params.associationId), (association) => ({ association })),
      DeletePodIdentityAssociation({ params }) {
        const association = pods.get(params.associationId);
        pods.delete(params.associationId);
        return found(association, (deleted) => ({ association: deleted }));
      },
      ListTagsForResource({ params }) {
        const resource = tagged(params.resourceArn);
        return resource === undefined ? undefined : ok({ tags: resource.tags });
      },
      TagResource({ params }) {
        const resource = tagged(params.resourceArn);
        if (resource === undefined) return undefined;
        Object.assign(resource.tags, params.tags);
        return ok();
      },
      UntagResource({ params }) {
        const resource = tagged(params.resourceArn);
        if (resource === undefined) return undefined;
        for (const key of params.tagKeys) delete resource.tags[key];
        return ok();
      },
    },
  };
}
