import type { Rule } from "../../rule";
import { imageEncryption } from "./image-encryption";
import { imageLifecycle } from "./image-lifecycle";
import { imageScan } from "./image-scan";
import { imageTags } from "./image-tags";

/** Rules about container registries. */
export const ecrRules: readonly Rule[] = [imageTags, imageScan, imageEncryption, imageLifecycle];
