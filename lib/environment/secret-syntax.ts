/*
 * Every repetition is bounded, or of characters that cannot begin another match: else a long line would take
 * minutes.
 */

/** As a document in a document, perhaps in another one, escapes it. */
const quote = String.raw`\\{0,16}["']`;
/** Between an option and its value, also where a document lists the words of a command. */
const separator = String.raw`(?:=|\s+|${quote},\s*${quote})`;
/** In quotes, in the same ones to its end. */
const quoted = String.raw`"(?:[^"\\\n]|\\[^\n])*"|(?<escapes>\\{1,16})"[^\n]*?(?<!\\)\k<escapes>"|'[^'\n]*'`;
/** Without quotes. */
const word = String.raw`[^\s"'\\]+`;
/** A value of a command. */
const anyValue = `${quoted}|${word}`;

/** Parts of regular expressions for what stands around a secret. */
export const syntax = { quote, separator, quoted, word, anyValue };
