import { z } from "zod";

/** Characters that most services allow in tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowed = "must consist of letters, digits, spaces and _ . : / = + - @";
/** Tags that every layer sets on its resources. */
const reservedKeys = ["environment", "layer", "customer", "name"];
/** AWS allows 50 on a resource; the rest is for the layers' own, such as those Kubernetes looks for. */
const mostTags = 40;

const consistsOfTagText = (text: string) => tagText.test(text);
const tagValue = z.string().max(256).refine(consistsOfTagText, allowed);

const tagKey = z
  .string()
  .min(1)
  .max(128)
  .refine(consistsOfTagText, allowed)
  .refine((key) => !/^aws:/i.test(key), 'must not begin with "aws:", which AWS reserves')
  // IAM treats "Name" and "name" as equal.
  .refine(
    (key) => !reservedKeys.includes(key.toLowerCase()),
    `must not be one of ${reservedKeys.join(", ")}, which the layers set`,
  );

/** Value of the `customer` tag. */
export const customerTag = tagValue.min(1);

/** Tags by key, as every AWS service accepts them. */
export const resourceTags = z
  .record(tagKey, tagValue)
  .refine((tags) => Object.keys(tags).length <= mostTags, `must have at most ${mostTags} entries`)
  .refine(
    (tags) => new Set(Object.keys(tags).map((key) => key.toLowerCase())).size === Object.keys(tags).length,
    "must not have two keys that differ in upper and lower case only, which IAM refuses",
  );
