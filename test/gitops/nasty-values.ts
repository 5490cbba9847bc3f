/** Keys that some version of YAML, or some reader of it, takes for something else than text. */
export const nastyKeys: readonly string[] = [
  ...["on", "off", "yes", "no", "y", "n", "Yes", "ON", "true", "null", "Null", "~", "<<", "="],
  ...["0123", "1_000", "0b11", "0o17", "0x1F", "1e3", "1:30", "2001-01-01", ".5", "+1", "1.", ".inf", ".NaN"],
  ...["", "a\nb", "a: b", "#x", "- x", "? x", "*a", "&a", "!t", "%d", "@x", "`x", "{{ .x }}", "[a]", "{a}"],
  ...["a\tb", " a", "a ", "---", "...", "'q'", '"q"', "a\\b", "|", "> x", "\u0000x", "\u007fx", "\u0085"],
  ...["\u2028x", "\u200b", "🎉"],
];

/** Texts whose ends of lines, indentation or characters a block of YAML does not keep. */
export const nastyTexts: readonly string[] = [
  ...[
    "a\r\nb",
    "a\n",
    "\n",
    "\n\n",
    "  a\nb",
    "a\n  b\n",
    "a \nb ",
    "\ta\nb",
    "a\n\tb",
    "a\u0085b",
    "a\nb\u0085c",
  ],
  ...["a\n\u2028b", "a\n\u2029b", "a\u0000b", "a\nb\u0000c", "a\nb\u001bc", "#a\n#b", "---\na", "a\n---\nb"],
  ...["{{ x }}\n{{ y }}", "\na", "a\n\n\n", "\u00a0\nb", "a\n\ufeffb", "\ufeffa\nb", "a\nb\u007f", "🎉\n"],
  ...["a\n \nb", "a\rb", "\\n\\", "a\n\\u0041", `${"x\n".repeat(30)}  `, `\t${"x\n".repeat(30)}`],
];
