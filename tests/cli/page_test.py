"""`gdlint explain FUNC --format html`: what the page says, and what lights up in a browser.

Usage: page_test.py GDLINT [unittest arguments]
"""

import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

import browser
import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

# Behind `//`: the exits, by number, whose way passes the line (`!` if each of them does).
COPY = """package p

import (
	"errors"
	"io"
	"os"
)

// Copies, <b>perhaps</b>.
func copyFile(from, to string, twice bool) (err error) {
	src, err := os.Open(from) // 1! 2! 3! 4!
	if err != nil {           // 1! 2! 3! 4!
		return err // 1!
	}
	defer src.Close() // 2! 3! 4!

	dst, err := os.Create(to) // 2! 3! 4!
	if err != nil {           // 2! 3! 4!
		return err // 2!
	}
	if twice { // 3! 4!
		io.Copy(dst, src) // 3 4
	} else {
		dst.Sync() // 3 4
	}
	if from == to { // 3! 4!
		panic("same < same & \\"x\\" </script>") // 3!
	}
	dst.Close()               // 4!
	return errors.New("done") // 4!
}
"""
CLOSING = "</scri" + "pt>"
HOSTILE = """package p

/* <script>alert(1)%s <!-- --> */
func evil(a<b string) {}
func hostile(ключ string) string {
	// </code></div></article><script>alert("comment")%s \u202e reversed
	x := "<img src=x onerror=alert(2)>" + `%s<style>*{display:none}</style>
` + ключ // &lt;b&gt; \x07\x1b[31m
	if x == "'\\"><svg onload=alert(3)>" {
		panic("<script>alert(4)%s")
	}
	defer func() { println("</title></style><script>alert(5)%s") }()
	return x
}
""" % ((CLOSING,) * 5)

VOID = {"meta", "link", "img", "br"}


class Outline(html.parser.HTMLParser):
    """Which elements there are, whether they are closed in order, and the text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text, self.links = [], [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "action", "xlink:href")]
        self.links += [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"{tag} is closed where it is not open")

    def handle_data(self, data):
        self.text += data


def lit(text):
    """By exit: the lines that its way passes, and those that each of its ways passes."""
    ways = {}
    for number, line in enumerate(text.splitlines(), 1):
        comment = re.search(r"// ((?:\d!? ?)+)$", line)
        for exit_, sure in re.findall(r"(\d)(!?)", comment[1]) if comment else []:
            may, must = ways.setdefault(int(exit_), ([], []))
            may.append(number)
            if sure:
                must.append(number)
    return ways


class PageTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "go.mod").write_text("module example.com/m\n\ngo 1.24\n")

    def page(self, text, function, name="p.go", arguments=()):
        """The page's file."""
        (self.root / name).write_text(text)
        done = subprocess.run([GDLINT, "explain", function, "--format", "html", *arguments, name], cwd=self.root,
                              capture_output=True, timeout=60, check=False)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        path = self.root / (function + ".html")
        path.write_bytes(done.stdout)
        return path

    def browser(self):
        if browser.program() is None:
            self.skipTest("no Chromium is installed")
        opened = browser.Browser()
        self.addCleanup(opened.close)
        return opened

    def test_the_page_is_whole(self):
        page = Outline(self.page(COPY, "copyFile").read_text())
        self.assertEqual(page.open, [])
        for text in ("(err error)", 'panic("same < same & \\"x\\" </script>")', "it returns, line 13",
                     "dst is still open", "src is closed by [1]", "Copies, <b>perhaps</b>."):
            self.assertIn(text, page.text)
        # Nothing is loaded from anywhere.
        self.assertEqual({link.split("x")[0] for link in page.links}, {"data:,", "#f1"})

    def test_the_same_bytes(self):
        pages = {self.page(COPY, "copyFile", arguments=("-j", jobs)).read_bytes() for jobs in ("1", "2", "8")}
        self.assertEqual(len(pages), 1)

    def test_hostile_source(self):
        text = self.page(HOSTILE, "hostile", name="a<b>&'\".go").read_text()
        page = Outline(text)
        self.assertEqual(page.open, [])
        self.assertEqual([page.tags.count(tag) for tag in ("script", "img", "meta", "b")],
                         [1, 0, 3, len(re.findall('<div class="line', text))])
        self.assertFalse([link for link in page.links if not link.startswith(("#f", "data:,"))])
        for shown in ('alert("comment")', "<img src=x onerror=alert(2)>", "\\u202e", "\\x1b", "ключ", "a<b>&'\".go"):
            self.assertIn(shown, page.text)
        self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\u202e]")

    def test_large_functions(self):
        exits = "".join(f"\tif n == {i} {{\n\t\treturn {i}\n\t}}\n" for i in range(1500))
        start = time.monotonic()
        page = self.page(f"package p\n\nfunc large(n int) int {{\n{exits}\treturn -1\n}}\n", "large")
        self.assertLess(time.monotonic() - start, 30)
        text = Outline(page.read_text()).text
        for note in ("Only the first 100 of 1501 ways out", "has 3001 nodes; more than 250", "1503 more lines"):
            self.assertIn(note, text)
        self.assertLess(page.stat().st_size, 8 << 20)

    def test_usage(self):
        for arguments, message in ((["--format", "html"], "is for `gdlint explain FUNC` alone"),
                                   (["explain", "defer-nil", "--format", "html"], "`defer-nil` is a rule")):
            done = subprocess.run([GDLINT, *arguments], cwd=self.root, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(message, done.stderr)

    LIT = """(() => {
      const colour = (e) => getComputedStyle(e).backgroundColor;
      const probe = document.createElement("p");
      document.body.append(probe);
      const names = {};
      for (const name of ["may", "sure", "exit"]) {
        probe.style.background = `var(--${name})`;
        names[colour(probe)] = name;
      }
      probe.remove();
      const found = {};
      for (const line of document.querySelectorAll(".line"))
        found[line.querySelector("b").textContent] = [names[colour(line)] || "", getComputedStyle(line).opacity];
      const nodes = [...document.querySelectorAll(".node")].filter((e) => getComputedStyle(e).opacity == 1);
      const edges = [...document.querySelectorAll(".edge")].filter((e) => getComputedStyle(e).opacity == 1);
      return {lines: found, nodes: nodes.map((e) => e.querySelector("title").textContent), edges: edges.length,
              all: document.querySelectorAll(".node").length, cards: [...document.querySelectorAll(".card")]
                .map((e) => names[colour(e)] || "")};
    })()"""

    def check_ways(self, page):
        """Clicks each exit; what lights up is what the comments in the source say."""
        for number, (may, must) in sorted(lit(COPY).items()):
            page.click(f".card.c{number}>a")
            seen = page.evaluate(self.LIT)
            lines = {int(line): colour for line, (colour, opacity) in seen["lines"].items() if opacity == "1"}
            self.assertEqual(sorted(lines), may, number)
            exit_ = [line for line, colour in lines.items() if colour == "exit"]
            self.assertEqual(exit_, [max(may)], number)
            self.assertEqual([line for line in sorted(lines) if lines[line] in ("sure", "exit")], must, number)
            self.assertEqual([i for i, colour in enumerate(seen["cards"], 1) if colour == "exit"], [number])
            if seen["all"]:
                in_nodes = set()
                for title in seen["nodes"]:
                    for first, last in re.findall(r"(\d+)(?:–(\d+))?", title):
                        in_nodes |= set(range(int(first), int(last or first) + 1))
                self.assertEqual(sorted(in_nodes), may, number)
                self.assertGreaterEqual(seen["edges"], len(seen["nodes"]) - 1)
        page.click(".hint>a")
        self.assertEqual({opacity for _, opacity in page.evaluate(self.LIT)["lines"].values()}, {"1"})

    def test_exits_light_up(self):
        page = self.browser()
        page.open(self.page(COPY, "copyFile"))
        self.check_ways(page)
        self.assertEqual(page.evaluate("location.hash = '#f1x2'; document.querySelectorAll('script').length"), 1)
        self.assertEqual(page.complaints, [])

    def test_keys(self):
        page = self.browser()
        page.open(self.page(COPY, "copyFile"))
        for key, fragment in (("j", "#f1x1"), ("j", "#f1x2"), ("k", "#f1x1"), ("Escape", "#f1")):
            page.call("Input.dispatchKeyEvent", type="keyDown", key=key)
            self.assertEqual(page.evaluate("location.hash"), fragment)
        self.assertEqual(page.complaints, [])

    def test_without_scripts(self):
        page = self.browser()
        page.open(self.page(COPY, "copyFile"), scripts=False)
        text = page.evaluate("document.body.innerText")
        for shown in ("it returns, line 13", "dst is still open", "src is closed by [1]", "return errors.New"):
            self.assertIn(shown, text)
        self.check_ways(page)

    def test_hostile_source_in_a_browser(self):
        page = self.browser()
        page.open(self.page(HOSTILE, "hostile", name="a<b>&'\".go"))
        self.assertEqual(page.evaluate("document.querySelectorAll('script, img, iframe, object').length"), 1)
        self.assertIn('alert("comment")', page.evaluate("document.querySelector('.code').innerText"))
        self.assertEqual(page.complaints, [])


if __name__ == "__main__":
    reporting.main()
