#!/usr/bin/env python3
"""Bytes that are no Go: encodings, line ends, literals cut off, `//line`, escapes.

What is an error must be located; what is none must not be reported; and nothing in a
file may reach the terminal as a command.
"""

import json
import os
import re
import unittest

import hostile
import reporting

LOOP = b"package p\n\nfunc g() {\n\tfor {\n\t\tdefer g()\n\t}\n}\n"
BOM = b"\xef\xbb\xbf"


class Encoding(hostile.HostileTest):
    def test_ill_formed_utf8_has_its_byte_column(self):
        self.write("bad.go", b'package p\n\nvar s = "\xc3\xa9\xff"\n')
        self.assert_rejected("bad.go", "3:12", "UTF-8")

    def test_a_surrogate_half_is_ill_formed(self):
        self.write("bad.go", b'package p\n\nvar s = "\xed\xa0\x80"\n')
        self.assert_rejected("bad.go", "3:10", "UTF-8")

    def test_an_overlong_form_is_ill_formed(self):
        self.write("bad.go", b"package p\n\n// \xc0\xaf\n")
        self.assert_rejected("bad.go", "3:4", "UTF-8")

    def test_a_byte_order_mark_may_come_first(self):
        self.write("mark.go", BOM + b"package p\n\nvar x = 1\n")
        self.assert_accepted("mark.go")

    def test_a_byte_order_mark_may_not_come_later(self):
        self.write("bad.go", b"package p\n\nvar " + BOM + b"x = 1\n")
        self.assert_rejected("bad.go", "3:5", "byte order mark")

    def test_utf16(self):
        for codec in ("utf-16-le", "utf-16-be"):
            with self.subTest(codec=codec):
                self.write("bad.go", "\ufeffpackage p\n".encode(codec))
                self.assert_rejected("bad.go", "1:1")

    def test_nul(self):
        self.write("bad.go", b"package p\n\nvar x = 1\x00\n")
        self.assert_rejected("bad.go", "3:10", "NUL")

    def test_a_file_that_is_no_text_at_all(self):
        self.write("bad.go", bytes(range(256)) * 4000)
        self.assert_rejected("bad.go", "1:1")


class LineEnds(hostile.HostileTest):
    def test_crlf(self):
        self.write("loop.go", LOOP.replace(b"\n", b"\r\n"))
        self.assertRegex(self.lint().text, r"loop\.go:5:3: .*\[defer-in-loop\]")

    def test_no_final_newline(self):
        self.write("loop.go", LOOP.rstrip())
        self.assertRegex(self.lint().text, r"loop\.go:5:3: .*\[defer-in-loop\]")

    def test_a_lone_carriage_return_is_white_space(self):
        self.write("loop.go", b"package p\n\nvar x =\r 1\n")
        self.assert_accepted("loop.go")

    def test_an_empty_file(self):
        self.write("bad.go", b"")
        self.assert_rejected("bad.go", "1:1")

    def test_only_a_comment(self):
        self.write("bad.go", b"// nothing\n")
        self.assert_rejected("bad.go", "2:1")


class CutOff(hostile.HostileTest):
    def check(self, source, where):
        self.write("bad.go", "package p\n\n" + source)
        self.assert_rejected("bad.go", where)

    def test_string(self):
        self.check('var s = "abc\nvar t = 1\n', "3:9|3:13")

    def test_raw_string(self):
        self.check("var s = `abc\nvar t = 1\n", "3:9")

    def test_rune(self):
        self.check("var r = 'a\n", "3:9")

    def test_comment(self):
        self.check("var r = 1 /* abc\n", "3:11")

    def test_body(self):
        self.check("func f() {\n\tg(", r"4:4")


class LineDirectives(hostile.HostileTest):
    def places(self, directive):
        self.write("loop.go", b"package p\n\n" + directive + b"\n" + LOOP[11:])
        return self.lint()

    def test_the_physical_place_is_reported(self):
        for directive in (
            b"//line other.go:1000",
            b"//line /etc/passwd:1:1",
            b"//line ../../../../etc/passwd:7",
            b"/*line other.go:9:9*/",
            b"//line :1",
        ):
            with self.subTest(directive=directive):
                run = self.places(directive)
                self.assertRegex(run.text, r"loop\.go:\d:3: .*\[defer-in-loop\]")

    def test_numbers_out_of_range_are_errors_or_ignored(self):
        for number in (b"0", b"-1", b"1" * 400, b"2147483648", b"99999999999999999999"):
            with self.subTest(number=number[:24]):
                run = self.places(b"//line other.go:" + number)
                self.assertRegex(run.text, r"loop\.go:\d:\d+: ")

    def test_the_file_it_names_is_not_opened(self):
        # Whoever opens a pipe that nobody writes to waits forever.
        os.mkfifo(self.folder / "pipe")
        run = self.places(b"//line pipe:1")
        self.assertRegex(run.text, r"loop\.go:\d:3: .*\[defer-in-loop\]")


class ManyErrors(hostile.HostileTest):
    def test_ten_are_shown_and_the_rest_counted(self):
        self.write("bad.go", "package p\n\nfunc f() {\n" + "\tg(1 2)\n" * 100_000 + "}\n")
        run = self.lint()
        shown = re.findall(r"^bad\.go:\d+:\d+: error", run.text, re.MULTILINE)
        self.assertEqual(len(shown), 10)
        self.assertRegex(run.text, "99,?990|99990")


class Terminal(hostile.HostileTest):
    def assert_harmless(self, run):
        """Nothing that a terminal would obey: no controls, no direction marks."""
        for stream in (run.stdout, run.stderr):
            text = stream.decode("utf-8")  # Raises if it is no UTF-8.
            self.assertIsNone(
                re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)
            )

    def test_escapes_in_source_lines(self):
        nasty = "\x1b[2J\x1b]0;title\x07\u202egnp.exe\u2066\x7f\x9b"
        self.write("loop.go", LOOP.decode().replace("h()", f"h() /* {nasty} */"))
        run = self.lint()
        self.assertRegex(run.text, r"loop\.go:5:3: .*\[defer-in-loop\]")
        self.assert_harmless(run)

    def test_escapes_in_errors(self):
        self.write("bad.go", b"package p\n\nvar x = \x1b[31m\x9b\xff\n")
        self.assert_harmless(self.lint())

    def test_escapes_in_file_names(self):
        for name in ("a\x1b[31mb.go", "a\nb.go", "a\u202eog.b.go", "a\rb.go"):
            with self.subTest(name=name):
                path = self.write(name, "package p\n\nvar x = = 1\n")
                run = self.lint(".", name)
                self.assertIn(run.status, (1, 3))
                self.assert_harmless(run)
                path.unlink()

    def test_json_stays_json(self):
        self.write("loop.go", LOOP.replace(b"h()", b"h() /* \x1b \xff \xe2\x80\xae */"))
        run = self.gdlint("--format", "json", ".")
        found = json.loads(run.stdout.decode("utf-8"))
        self.assertTrue(found["findings"])


if __name__ == "__main__":
    reporting.main()
