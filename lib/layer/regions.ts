/** Letters of zones in a region of three. */
const three = "abc";

/**
 * Regions of the partitions aws, aws-us-gov and aws-cn, with the letters that zones have in some account. Regions:
 * https://github.com/boto/botocore/blob/1.43.11/botocore/data/partitions.json; number of zones:
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const letters: Readonly<Record<string, string>> = {
  "af-south-1": three,
  "ap-east-1": three,
  "ap-east-2": three,
  "ap-northeast-1": "abcd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": three,
  "ap-south-1": three,
  "ap-south-2": three,
  "ap-southeast-1": three,
  "ap-southeast-2": three,
  "ap-southeast-3": three,
  "ap-southeast-4": three,
  "ap-southeast-5": three,
  "ap-southeast-6": three,
  "ap-southeast-7": three,
  "ca-central-1": "abcd",
  "ca-west-1": three,
  "cn-north-1": "abcd",
  "cn-northwest-1": three,
  "eu-central-1": three,
  "eu-central-2": three,
  "eu-north-1": three,
  "eu-south-1": three,
  "eu-south-2": three,
  "eu-west-1": three,
  "eu-west-2": three,
  "eu-west-3": three,
  "il-central-1": three,
  "me-central-1": three,
  "me-south-1": three,
  "mx-central-1": three,
  "sa-east-1": three,
  "us-east-1": "abcdef",
  "us-east-2": three,
  "us-gov-east-1": three,
  "us-gov-west-1": three,
  "us-west-1": three,
  "us-west-2": "abcd",
};

/** Regions that Terraform 1.11 or the AWS provider 5.100.0 does not know, although they exist. */
const newerThanTerraform: ReadonlySet<string> = new Set(["ap-east-2", "ap-southeast-6"]);

/** Every region known here, in the order of the alphabet. */
export const knownRegions: readonly string[] = Object.keys(letters);

/** The letters that a zone of a region may have; undefined for a region that is not known here. */
export function zoneLetters(region: string): string | undefined {
  return Object.hasOwn(letters, region) ? letters[region] : undefined;
}

/** Whether Terraform would refuse a region that exists: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#skip_region_validation-1 */
export function isNewToTerraform(region: string): boolean {
  return newerThanTerraform.has(region) || zoneLetters(region) === undefined;
}
