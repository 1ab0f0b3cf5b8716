package golden

var texts = []string{
	"", " ", "a", "\n", "\"", "'", "\\", "\\\"", "\"\\",
	"Hello, world!\n", "日本語", "\u65e5本\U00008a9e", "\xff\u00FF",
	"\a\b\f\n\r\t\v\\\"", "\0001\0777", "\x000\xfff",
	"/* not a comment */", "// not a comment", "a;b", "{", "}",
	"é", "é", "🙂🏽", "​", " ",
	``, ` `, `\n`, `"`, `'`, `\`, `\u65e5`, `a
b
	c`, `
`, `// no comment`, `/* none either`, `日本
語`,
	`x` + "y" + `z`,
}
