import { plainText } from "./environment-schema";

/**
 * Description of a security group or of one of its rules:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 */
export const groupText = plainText
  .max(255)
  .regex(
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/,
    "must consist of A-Z, a-z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*",
  );
