#!/usr/bin/env python3
"""What is called x.go and is no regular file, or cannot be read: named, not waited for."""

import os
import socket
import threading
import time
import unittest

import hostile
import reporting

SOURCE = "package p\n\nvar x = 1\n"


class FileKinds(hostile.HostileTest):
    def assert_named_failure(self, name, *arguments):
        """Linting the folder and the file itself: others analysed, the file named."""
        run = self.lint(".", *(arguments or (name,)))
        self.assertRegex(run.text, rf"{name}: ")
        self.assertEqual(run.status, 3)
        return run

    def test_pipe(self):
        os.mkfifo(self.folder / "pipe.go")
        self.assert_named_failure("pipe.go")

    def test_pipe_found_in_a_folder(self):
        os.mkfifo(self.folder / "pipe.go")
        self.lint(".")

    def test_directory(self):
        (self.folder / "dir.go").mkdir()
        (self.folder / "dir.go" / "in.go").write_text(SOURCE)
        run = self.lint(".")
        self.assertEqual(run.status, 1)

    def test_device(self):
        (self.folder / "zero.go").symlink_to("/dev/zero")
        self.assert_named_failure("zero.go")

    def test_socket(self):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.folder / "sock.go"))
            self.assert_named_failure("sock.go")

    @unittest.skipUnless(os.path.exists("/proc/self/status"), "no /proc here")
    def test_a_file_of_proc_that_says_it_is_empty(self):
        (self.folder / "proc.go").symlink_to("/proc/self/status")
        run = self.lint(".", "proc.go")
        self.assertRegex(run.text, r"proc\.go:1:1: error")

    def test_an_argument_that_does_not_exist_is_wrong_usage(self):
        for name in ("none.go", "none", "./none/..."):
            with self.subTest(name=name):
                run = self.gdlint("good.go", name)
                self.assertIn(name, run.text)
                self.assertEqual(run.status, 2)

    def test_links_in_a_folder_that_lead_nowhere(self):
        (self.folder / "gone.go").symlink_to("nowhere.go")
        (self.folder / "self.go").symlink_to("self.go")
        run = self.lint(".")
        self.assertRegex(run.text, r"gone\.go: ")
        self.assertRegex(run.text, r"self\.go: ")
        self.assertEqual(run.status, 3)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        self.write("secret.go", SOURCE).chmod(0)
        self.assert_named_failure("secret.go")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission_for_a_folder(self):
        self.write("sub/x.go", SOURCE)
        (self.folder / "sub").chmod(0)
        self.addCleanup((self.folder / "sub").chmod, 0o700)
        run = self.lint(".")
        self.assertIn("sub", run.text)
        self.assertEqual(run.status, 3)


class Changing(hostile.HostileTest):
    """Files that come, go, grow and shrink while the folder is read."""

    def churn(self, stop):
        sources = [SOURCE, SOURCE + "var y = 2\n" * 20_000, ""]
        turn = 0
        while not stop.is_set():
            for number in range(20):
                path = self.folder / "sub" / f"f{number}.go"
                if turn % 4 == 3:
                    path.unlink(missing_ok=True)
                else:
                    with open(path, "r+" if path.exists() else "w") as out:
                        out.truncate(0)
                        out.write(sources[(turn + number) % 3])
            turn += 1

    def test_no_crash_and_no_lost_finding(self):
        (self.folder / "sub").mkdir()
        stop = threading.Event()
        churning = threading.Thread(target=self.churn, args=(stop,))
        churning.start()
        try:
            end = time.monotonic() + 2
            while time.monotonic() < end:
                self.lint(".")
        finally:
            stop.set()
            churning.join()


class StandardInput(hostile.HostileTest):
    def test_source_from_a_pipe(self):
        with open(self.folder / "good.go", "rb") as source:
            run = self.gdlint("-", stdin=source)
        self.assertRegex(run.text, r":6:3: \w+: .*\[defer-in-loop\]")
        self.assertEqual(run.status, 1)

    def test_a_device_without_end(self):
        with open("/dev/zero", "rb") as zero:
            run = self.gdlint("--max-file-size", "1M", "-", stdin=zero)
        self.assertIn(run.status, (2, 3))

    def test_a_folder(self):
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            run = self.gdlint("-", stdin=descriptor)
        finally:
            os.close(descriptor)
        self.assertIn(run.status, (2, 3))


if __name__ == "__main__":
    reporting.main()
