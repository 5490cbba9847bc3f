/** The way out for a region or a zone that this release does not know. */
export const allowNew = "set skipRegionValidation to true for one that is newer than this release";
