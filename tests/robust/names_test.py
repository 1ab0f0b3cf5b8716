#!/usr/bin/env python3
"""Links, loops, depth and names of files: as the go command walks, and never outside."""

import os
import unittest

import hostile
import reporting

LOOP = "package q\n\nfunc g() {\n\tfor {\n\t\tdefer g()\n\t}\n}\n"
FINDING = r":5:3: .*\[defer-in-loop\]"


class Links(hostile.HostileTest):
    def test_a_loop_of_links(self):
        (self.folder / "sub").mkdir()
        (self.folder / "sub" / "up").symlink_to("..")
        (self.folder / "a").symlink_to("b")
        (self.folder / "b").symlink_to("a")
        run = self.lint("./...")
        self.assertEqual(len(hostile.GOOD_FINDING.findall(run.text)), 1)

    def test_links_to_folders_are_not_followed(self):
        outside = self.folder / "outside"
        self.write("outside/loop.go", LOOP)
        self.write("inside/good.go", hostile.GOOD)
        (self.folder / "inside" / "link").symlink_to(outside)
        run = self.lint("./inside/...")
        self.assertNotIn("loop.go", run.text)

    def test_a_link_to_a_file_is_a_file(self):
        self.write("other/real.txt", LOOP.replace("package q", "package p"))
        (self.folder / "link.go").symlink_to("other/real.txt")
        self.assertRegex(self.lint(".").text, "link.go" + FINDING)


class Depth(hostile.HostileTest):
    def test_a_thousand_folders_deep(self):
        # Longer than a path may be, so it is made and removed a step at a time.
        here = os.open(".", os.O_RDONLY)
        self.addCleanup(os.close, here)
        try:
            os.chdir(self.folder)
            for _ in range(1000):
                os.mkdir("deeper")
                os.chdir("deeper")
            with open("loop.go", "w", encoding="utf-8") as out:
                out.write(LOOP)
        finally:
            os.fchdir(here)
        run = self.lint("./...", seconds=2)
        # Found, or named as out of reach: not passed over.
        self.assertIn(run.status, (1, 3))
        self.assertRegex(run.text, "loop.go" + FINDING + "|too long")

    def test_an_argument_longer_than_a_path_may_be(self):
        run = self.gdlint("good.go", "x" * 5000 + ".go")
        self.assertIn("x" * 5000 + ".go: ", run.text)
        self.assertEqual(run.status, 2)

    def test_ten_thousand_files(self):
        for number in range(10_000):
            self.write(f"d{number % 100}/f{number}.go", "package p\n\nvar x = 1\n")
        self.lint("./...", seconds=3)


class Names(hostile.HostileTest):
    def test_a_name_that_is_no_utf8(self):
        name = os.fsencode(self.folder) + b"/a\xff\xfeb.go"
        with open(name, "wb") as out:
            out.write(LOOP.replace("package q", "package p").encode())
        run = self.lint(".")
        self.assertRegex(run.text, FINDING)
        run.stdout.decode("utf-8")  # Raises if the name came through as it is.

    def test_names_that_differ_in_case(self):
        for name in ("Loop.go", "loop.go", "LOOP.go"):
            self.write(f"sub/{name}", LOOP)
        run = self.lint("./...")
        for name in ("Loop.go", "loop.go", "LOOP.go"):
            self.assertRegex(run.text, f"sub/{name}{FINDING}")

    def test_names_that_look_like_options_or_places(self):
        for name in ("-h.go", "a:1:2.go", "a b.go", "%s{}.go", "::error::x.go"):
            with self.subTest(name=name):
                path = self.write(f"sub/{name}", LOOP)
                self.assertRegex(self.lint("./...").text, FINDING)
                path.unlink()


if __name__ == "__main__":
    reporting.main()
