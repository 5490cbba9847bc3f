/** The add-ons whose pods use AWS APIs: the service account that they run as, and the policy that AWS manages for them. */
export const addonPrograms = {
  "vpc-cni": { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": {
    serviceAccount: "ebs-csi-controller-sa",
    policy: "service-role/AmazonEBSCSIDriverPolicy",
  },
  "aws-efs-csi-driver": {
    serviceAccount: "efs-csi-controller-sa",
    policy: "service-role/AmazonEFSCSIDriverPolicy",
  },
} as const;
