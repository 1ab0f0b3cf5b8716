"""What generated programs are written with."""

import random


class Function:
    """What the statements of one function body may do."""

    def __init__(self, kind, results=(), outer=None):
        self.kind = kind  # "top", "method", "literal", "deferred", "go"
        self.results = list(results)  # (name or None, type)
        self.in_goroutine = kind == "go" or (outer is not None and outer.in_goroutine)
        self.labels = []  # of loops around: (name, may be continued)
        self.loops = 0
        self.ranges_function = 0

    def named(self):
        return bool(self.results) and self.results[0][0] is not None


class Scope:
    """Variables by type, those of the scopes around included.

    Of type "loop" are integers that count a loop: nothing is assigned to them.
    """

    def __init__(self, outer=None):
        self.by_type = {kind: list(names) for kind, names in outer.by_type.items()} if outer else {}

    def add(self, kind, name):
        self.by_type.setdefault(kind, []).append(name)

    def of(self, kind):
        return self.by_type.get(kind, [])


class Writer:
    """Writes the text of one case, and makes its choices."""

    def __init__(self, seed, number, may_end):
        self.random = random.Random(seed * 1000003 + number)
        self.prefix = "c%d" % number
        self.may_end = may_end
        self.lines = []
        self.indent = 0
        self.names = 0
        self.marks = 0
        # Functions that may be called: (name, result types).
        self.functions = []
        self.goexits = []
        self.iterators = []

    # What random.Random has, with names that are short.

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def below(self, n):
        return self.random.randrange(n)

    def one(self, items):
        return items[self.random.randrange(len(items))]

    def weighted(self, choices):
        """One of (weight, item)."""
        at = self.random.randrange(sum(weight for weight, _ in choices))
        for weight, item in choices:
            at -= weight
            if at < 0:
                return item
        raise AssertionError

    # Text.

    def out(self, text):
        self.lines.append("\t" * self.indent + text)

    def name(self, stem):
        self.names += 1
        return "%s%d" % (stem, self.names)

    def mark(self):
        """A text that tells one place from the others."""
        self.marks += 1
        return '"%s.%d"' % (self.prefix, self.marks)

    def type_name(self, what="T"):
        return self.prefix + what
