"""A headless Chromium, spoken to by its own protocol over two pipes."""

import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 60


def program():
    """The browser that is installed, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def _high(descriptor):
    """The same file above the numbers that the browser expects its pipes at."""
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD, 20)
    os.close(descriptor)
    return high


class Browser:
    """One page in one browser; `complaints` has all that the console was told, and dialogs."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="gdlint.browser.", ignore_cleanup_errors=True)
        to_read, self.out = map(_high, os.pipe())
        self.into, to_write = map(_high, os.pipe())

        def pipes():
            os.dup2(to_read, 3)
            os.dup2(to_write, 4)

        self.process = subprocess.Popen(
            [program(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--window-size=1600,1000", "--remote-debugging-pipe",
             "--user-data-dir=" + self.folder.name, "about:blank"],
            preexec_fn=pipes, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest = b""
        self.number = 0
        self.session = None
        self.complaints = []
        self.loaded = set()
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(domain + ".enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def close(self):
        self.process.terminate()
        self.process.wait()
        os.close(self.out)
        os.close(self.into)
        self.folder.cleanup()

    def _message(self):
        end = time.monotonic() + SECONDS
        while b"\0" not in self.rest:
            ready = select.select([self.into], [], [], max(0, end - time.monotonic()))[0]
            chunk = os.read(self.into, 1 << 16) if ready else b""
            if not chunk:
                raise RuntimeError("the browser does not answer")
            self.rest += chunk
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def _note(self, message):
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown" or method == "Page.javascriptDialogOpening":
            self.complaints.append(params)
        elif method == "Runtime.consoleAPICalled" or method == "Log.entryAdded":
            self.complaints.append(params)
        if method == "Page.lifecycleEvent" and params["name"] == "load":
            self.loaded.add(params["loaderId"])

    def call(self, method, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.out, json.dumps(request).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._note(message)

    def open(self, path, scripts=True):
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        loader = self.call("Page.navigate", url=path.resolve().as_uri())["loaderId"]
        while loader not in self.loaded:
            self._note(self._message())

    def evaluate(self, expression):
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    def click(self, selector):
        """In the middle of the element, as a mouse would."""
        box = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'nearest'}});"
            " const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
