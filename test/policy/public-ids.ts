/** `AWS-0147` to `AWS-0160`: every number as wide as the first. */
const range = (prefix: string, from: string, to: string) =>
  Array.from(
    { length: Number(to) - Number(from) + 1 },
    (_, index) => `${prefix}${String(Number(from) + index).padStart(from.length, "0")}`,
  );
const idsIn = (text: string) => text.split(/\s+/).filter((id) => id !== "");

/**
 * The public checks on the services that we use: of checkov (`CKV_`), trivy (`AWS-`), AWS Foundational Security Best
 * Practices (`EKS.1`) and the CIS benchmark of Amazon EKS.
 */
export const publicIds: Readonly<Record<string, readonly string[]>> = {
  network: idsIn(`
    CKV2_AWS_11 AWS-0178 EC2.6 CKV2_AWS_12 AWS-0173 EC2.2 AWS-0102 AWS-0105 EC2.21 CKV2_AWS_1
    CKV_AWS_130 AWS-0164 EC2.15 CKV_AWS_23 AWS-0099 AWS-0124 CKV_AWS_24 CKV_AWS_25 CKV_AWS_260 AWS-0107 EC2.18 EC2.19
    AWS-0104 CKV_AWS_382 CKV2_AWS_5 CKV2_AWS_19 CKV2_AWS_35 EC2.10 EC2.55 EC2.56 EC2.57 EC2.7 EC2.172`),
  bastion: idsIn(`
    CKV_AWS_79 CKV_AWS_341 AWS-0028 EC2.8 CKV_AWS_8 AWS-0131 CKV_AWS_126 CKV_AWS_135 CKV2_AWS_41 CKV_AWS_88 EC2.9
    SSM.1 SSM.4 CKV_AWS_112 CKV_AWS_113`),
  eks: idsIn(`
    CKV_AWS_39 CKV_AWS_38 AWS-0040 AWS-0041 EKS.1 CIS-EKS-5.4.1 CIS-EKS-5.4.2 CKV_AWS_37 AWS-0038 EKS.8 CIS-EKS-2.1.1
    CKV_AWS_58 AWS-0039 CIS-EKS-5.3.1 CKV_AWS_339 EKS.2 CKV_AWS_100 AWS-0130 EC2.170 EC2.181 EC2.25 AWS-0008
    CIS-EKS-5.4.3 CIS-EKS-5.4.4`),
  aurora: idsIn(`
    CKV_AWS_96 CKV_AWS_327 AWS-0079 RDS.27 RDS.24 CKV_AWS_162 RDS.12 AWS-0176 CKV_AWS_139 AWS-0343 RDS.7
    CKV_AWS_133 AWS-0077 RDS.11 CKV_AWS_313 RDS.16 CKV_AWS_17 AWS-0180 RDS.2 RDS.15 CKV_AWS_324 RDS.37 CKV2_AWS_27
    CKV_AWS_353 CKV_AWS_354 AWS-0133 AWS-0078 CKV_AWS_118 RDS.6 CKV_AWS_226 RDS.13 RDS.35 CKV2_AWS_8
    RDS.19 RDS.20 RDS.21 RDS.22 RDS.14 CKV_AWS_326 RDS.23`),
  efs: idsIn(`
    CKV_AWS_42 CKV_AWS_184 AWS-0037 EFS.1 EFS.8 EFS.7 EFS.2 CKV2_AWS_18 CKV_AWS_329 CKV_AWS_330 EFS.3 EFS.4 EFS.6`),
  s3: idsIn(`
    CKV_AWS_53 CKV_AWS_54 CKV_AWS_55 CKV_AWS_56 CKV2_AWS_6 AWS-0086 AWS-0087 AWS-0091 AWS-0093 AWS-0094
    S3.1 S3.2 S3.3 S3.8 CKV_AWS_21 AWS-0090 CKV_AWS_19 CKV_AWS_145 AWS-0088 AWS-0132 S3.12 S3.5
    CKV_AWS_18 AWS-0089 S3.9 CKV2_AWS_61 CKV_AWS_300 S3.10 S3.13 CKV2_AWS_62 S3.11
    CKV_AWS_144 AWS-0170 CKV_AWS_143 AWS-0171 AWS-0172`),
  "load balancers": idsIn(`
    CKV_AWS_131 AWS-0052 ELB.4 CKV_AWS_91 ELB.5 CKV_AWS_150 ELB.6 CKV_AWS_328 ELB.12 ELB.13
    CKV_AWS_2 CKV_AWS_103 CKV2_AWS_74 CKV_AWS_378 AWS-0047 AWS-0054 ELB.17 ELB.18 CKV2_AWS_20 ELB.1 CKV_AWS_261
    CKV2_AWS_28 CKV2_AWS_76 ELB.16 AWS-0053 CKV_AWS_152`),
  waf: idsIn("CKV_AWS_175 CKV_AWS_342 CKV_AWS_192 CKV2_AWS_31 CKV2_AWS_76 WAF.10 WAF.12"),
  "certificates and DNS": idsIn(`
    CKV_AWS_233 CKV_AWS_234 ACM.1 ACM.2 CKV2_AWS_71 CKV2_AWS_39 Route53.2 CKV2_AWS_38 CKV2_AWS_23`),
  kms: idsIn("CKV_AWS_7 AWS-0065 CKV_AWS_227 CKV2_AWS_64 CKV_AWS_33 KMS.5 KMS.3"),
  trail: idsIn(`
    CKV_AWS_67 AWS-0014 CloudTrail.1 CKV_AWS_36 AWS-0016 CloudTrail.4 CKV_AWS_35 AWS-0015 CloudTrail.2
    CKV2_AWS_10 AWS-0162 CloudTrail.5 CKV_AWS_252 CKV_AWS_251 AWS-0161 AWS-0163`),
  "logs and alarms": [
    ...idsIn("CKV_AWS_158 AWS-0017 CKV_AWS_338 CKV_AWS_66 CKV_AWS_319 CKV_AWS_26 AWS-0095 AWS-0136"),
    ...range("AWS-", "0147", "0160"),
  ],
  backup: idsIn("CKV_AWS_166 Backup.1"),
  iam: [
    ...range("CKV_AWS_", "60", "63"),
    ...range("CKV_AWS_", "107", "111"),
    ...idsIn("CKV_AWS_274 CKV_AWS_356 AWS-0057 AWS-0342 AWS-0345 IAM.1 IAM.21 KMS.1 KMS.2"),
  ],
  secrets: [...idsIn("CKV_AWS_149 AWS-0098 CKV2_AWS_57 CKV_AWS_337"), ...range("SecretsManager.", "1", "4")],
  ecr: idsIn("CKV_AWS_51 CKV_AWS_163 CKV_AWS_136 AWS-0030 AWS-0031 AWS-0033 ECR.1 ECR.2 ECR.3"),
  lambda: idsIn("CKV_AWS_115 CKV_AWS_173"),
  account: idsIn("GuardDuty.1 GuardDuty.5 GuardDuty.7 GuardDuty.9 GuardDuty.10 GuardDuty.11 Config.1"),
};
