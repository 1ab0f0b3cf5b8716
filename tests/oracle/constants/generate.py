#!/usr/bin/env python3
"""Prints programs for the oracle of constants: `generate.py COUNT SEED [--short]`.

The language is that of tests/unit/types/constant_replay.h. `--short` leaves out long
literals, for a sample that is kept.
"""

import argparse
import random
import struct
import sys

# Where representations change: int64, the 512 bits of the compilers, 4,096 bits of
# exponent for fractions, float32 and float64.
EDGE_INTS = sorted(
    {
        max(0, (1 << bits) + delta)
        for bits in (0, 1, 7, 8, 24, 31, 32, 33, 52, 53, 62, 63, 64, 65, 127, 128, 511, 512)
        for delta in (-2, -1, 0, 1, 2)
    }
)
EDGE_FLOATS = """
0. .0 0.0 1. .5 1.0 0.1 0.2 0.3 1e0 1e1 1e-1 1e+5 1E5 1E-05 00.5 01.5 09.5 09e1 1e00 0e5 0e999999 .0e-9
1e1000000000 1e-1000000000 0x1p+2147483647 0x1p-2147483648 0x1p2147483646 0x1p-2147483647 0x.8p2147483647
1e99999999999999999999 0e99999999999999999999 1e9223372036854775807 1e-9223372036854775808 1e9223372036854775808
1e646456993 1e646456992 1e646456994 1e-646456993 1e-646456994 9.99e646456992 1e-646456995
1e308 1.7976931348623157e308 1.7976931348623159e308 1.797693134862315807e308 1.797693134862315808e308 2e308
4.9e-324 5e-324 2.4703282292062327e-324 2.4703282292062328e-324 2.5e-324 1e-324 2.2250738585072014e-308
2.2250738585072011e-308 2.2250738585072009e-308 0x1p-1074 0x1p-1075 0x1.8p-1075 0x1.0000000000001p-1075 0x1p-1076
3.4028234e38 3.4028235e38 3.4028236e38 3.40282356e38 3.402823567797336e38 1.4e-45 7e-46 7.006e-46 0x1p-149 0x1p-150
0x1.000001p-150 0x1p-151 0x1.fffffep127 0x1.ffffffp127 0x1.fffffefp127 16777217. 16777219. 9007199254740993. 123456.7
1000000.5 999999.5 99999.95 0.00001 0.0001 0.000123456789 1e-5 1.5e-5 1e20 1e21 1e22 12345678.9 100000. 1000000. 0.1e-6
1e1232 1e1233 1e1234 1e-1232 1e-1233 1e-1234 1.2e1233 0x1p4094 0x1p4095 0x1p4096 0x1p4097 0x1p-4095 0x1p-4096 0x1p-4097
0x.8p4096 0x.8p-4095 0x1.8p4094 0x1.fffp4095 0x0p0 0x0.p99999999999 0x1.8p1 0X1P-2 0x1p0 0x1.8 0x.p1 0x1p 0xp1 0x1e5
1_0.5 1_.5 1._5 1.5_0 1.5_ _1.5 1e1_0 1e_1 1e1_ 0x_1.8p1 0x1_p1 0x_1p1 1__0.5 1e 1e+ 1e- . .e1 e1 1.5.5 0b1.1 0b1p3
0b1.01p-3 0o7.4p1 0o17 0b12.5 08. 1p5 1.5p-3 0b1e3 1.5f 1.5i 0x 0b 0o 0x.8p1 0x8.p1 1e309 1e-325
""".split()
EDGE_INT_LITERALS = """
0 00 000 01 07 08 09 0_7 0_8 0_ _0 1_ 1__0 1_000 1_0_0 0x 0x0 0x_f 0xf_f 0x_ 0xff_ 0XFF 0xg 0b 0b0 0b1_0 0b2 0b_1 0B11 0o
0o17 0O17 0o8 0o_7 0o7_ 017 0177 0_1_7 1a 1.5 1e5 a 00000000000000000000001 0x00000000000000000001
0777777777777777777777 01000000000000000000000 01777777777777777777777 9223372036854775807 9223372036854775808
""".split()
EDGE_IMAGS = """
0i 1i 1.5i 0123i 09i 0x1Fi 0b101i 0o17i .5i 1e3i 1e1000000000i 1e-1000000000i 1e2000i i 1 1ii 0x1p-2i 1_0i 0_1i
""".split()
STRINGS = ['""', '"a"', '"b"', '"ab"', '"\\n\\t\\x00\\xff\\u00e9"', "`raw\\n`", '"\u4e16\u754c"', '"\\U0001F600"', '"\\ud800"',
           '"' + "x" * 30 + '"', '"' + "y" * 63 + '"', '"' + "\u00e9" * 40 + '"', '"' + "\\x80" * 30 + '"', '"\\q"', '"',
           "``", '"\\u200b\\u00ad\\ufeff"', '"\\"\\\\"', '"' + "z" * 71 + '"', '"' + "z" * 70 + '"', '"' + "\\n" * 69 + '"']
CHARS = ["'a'", "'\\n'", "'\\x7f'", "'\\xff'", "'\\u4e16'", "'\\U0010ffff'", "'\\''", "'\"'", "'\u4e16'", "'\\\\'", "''",
         "'\\377'", "'\\400'", "'\\ud800'"]

ARITHMETIC = ["+", "-", "*", "/"]
INTEGER = ["+", "-", "*", "/", "div", "%", "&", "|", "^", "&^"]
COMPARISON = ["==", "!=", "<", "<=", ">", ">="]
CONVERSION = ["toint", "tofloat", "tocomplex", "real", "imagpart", "round32", "round64", "makeimag"]


class Generator:
    """Makes programs from one source of chance."""

    def __init__(self, seed, short):
        self.random = random.Random(seed)
        self.short = short

    def separated(self, digits):
        """Now and then separators between the digits."""
        if self.random.random() < 0.9:
            return digits
        return "".join(d + ("_" if self.random.random() < 0.2 else "") for d in digits).rstrip("_")

    def magnitude(self):
        """A number of any size that constants have, small ones more often."""
        chance = self.random.random()
        if chance < 0.3:
            return self.random.randrange(20)
        if chance < 0.5:
            return self.random.choice(EDGE_INTS)
        bits = self.random.choice([8, 16, 32, 63, 64, 70, 128, 256, 512])
        if not self.short and chance > 0.98:
            bits = self.random.choice([1000, 3000, 4094, 4095, 4096, 4097, 5000, 30000])
        return self.random.getrandbits(self.random.randint(1, bits))

    def int_literal(self):
        if self.random.random() < 0.03:
            return "int:" + self.random.choice(EDGE_INT_LITERALS)
        form = self.random.choice(["{}"] * 5 + ["0x{:x}", "0X{:X}", "0b{:b}", "0o{:o}", "0{:o}"])
        text = form.format(self.magnitude())
        prefix = 2 if text[1:2] in ("x", "X", "b", "o") else 0
        return "int:" + text[:prefix] + self.separated(text[prefix:])

    def digits(self):
        longest = 40 if self.short or self.random.random() < 0.97 else 2000
        count = self.random.randint(1, self.random.choice([2, 6, 17, longest]))
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def float_text(self):
        chance = self.random.random()
        if chance < 0.1:
            return self.random.choice(EDGE_FLOATS)
        if chance < 0.3:
            mantissa = "{:x}.{:x}".format(self.magnitude() & 0xFFFF, self.magnitude())
            spread = self.random.choice([10, 160, 1100, 4100, 5000])
            return "0x{}p{:+}".format(mantissa, self.random.randint(-spread, spread))
        text = self.digits()
        if self.random.random() < 0.7:
            text += "." + self.digits()
        else:
            text += "."
        if self.random.random() < 0.5:
            spread = self.random.choice([3, 30, 50, 320, 1300, 1300, 3000])
            text += "e{}".format(self.random.randint(-spread, spread))
        return self.separated(text) if "e" not in text else text

    def float_literal(self):
        if self.random.random() < 0.1:
            bits = self.random.choice([self.random.getrandbits(64),
                                       struct.unpack("<Q", struct.pack("<d", self.random.gauss(0, 1e3)))[0]])
            return "f64:{:x}".format(bits)
        return "float:" + self.float_text()

    def imag_literal(self):
        if self.random.random() < 0.2:
            return "imag:" + self.random.choice(EDGE_IMAGS)
        return "imag:" + self.float_text() + "i"

    def number(self):
        kind = self.random.random()
        words = []
        if kind < 0.45:
            words.append(self.int_literal())
        elif kind < 0.8:
            words.append(self.float_literal())
        elif kind < 0.9:
            words.append(self.imag_literal())
            if self.random.random() < 0.7:
                words += [self.float_literal(), "+"]
        elif kind < 0.96:
            words.append("u64:{}".format(self.magnitude() & (1 << 64) - 1))
        else:
            words.append("char:" + self.random.choice(CHARS))
        return words + self.maybe_negative()

    def maybe_negative(self):
        return ["neg"] if self.random.random() < 0.3 else []

    def modified(self):
        """Perhaps a unary operation."""
        chance = self.random.random()
        if chance < 0.1:
            return [self.random.choice(CONVERSION)]
        if chance < 0.13:
            return ["com:{}".format(self.random.choice([0, 0, 8, 16, 32, 64]))]
        return ["pos"] if chance < 0.14 else []

    def integers(self):
        """Integers alone, so that most operations are defined."""
        words = [self.int_literal()] + self.maybe_negative()
        for _ in range(self.random.randint(0, 4)):
            chance = self.random.random()
            if chance < 0.25:
                count = self.random.choice([self.random.randrange(70), self.random.randrange(1075), 0, 63, 64])
                words.append("{}:{}".format(self.random.choice(["shl", "shr"]), count))
            elif chance < 0.35:
                words.append("com:{}".format(self.random.choice([0, 1, 8, 16, 32, 64, 512])))
            else:
                words += [self.int_literal()] + self.maybe_negative() + [self.random.choice(INTEGER)]
        return words

    def numbers(self):
        words = self.number()
        for _ in range(self.random.randint(0, 4)):
            if self.random.random() < 0.08:
                words += ["dup", self.random.choice(ARITHMETIC)]
            else:
                words += self.number() + [self.random.choice(ARITHMETIC)]
            words += self.modified()
        return words

    def comparison(self):
        words = self.numbers()
        if self.random.random() < 0.3:
            words += ["dup"] + self.modified()
        elif self.random.random() < 0.3:
            # Equal, or nearly.
            words += ["dup", "float:1e-400", "+"]
        else:
            words += self.numbers()
        return words + [self.random.choice(COMPARISON)]

    def near_integer(self):
        """What ToInt rounds: a quotient multiplied back, beyond fractions."""
        large = "float:1e{}".format(self.random.randint(1200, 1260))
        a, b = self.magnitude() + 1, self.random.randint(1, 10**6)
        words = ["int:{}".format(a), large, "*", "int:{}".format(b), "/", "int:{}".format(b), "*", large, "/"]
        if self.random.random() < 0.4:
            words += ["float:0x1p-{}".format(self.random.randint(480, 530)), self.random.choice("+-")]
        return words + self.maybe_negative() + ["toint"]

    def strings(self):
        words = ["string:" + self.random.choice(STRINGS)]
        for _ in range(self.random.randint(0, 6)):
            words += ["dup", "+"] if self.random.random() < 0.3 else ["string:" + self.random.choice(STRINGS), "+"]
        if self.random.random() < 0.4:
            words += ["string:" + self.random.choice(STRINGS)]
            words += [self.random.choice(COMPARISON)]
        return words

    def booleans(self):
        words = ["bool:" + self.random.choice(["true", "false"])]
        for _ in range(self.random.randint(0, 3)):
            if self.random.random() < 0.3:
                words.append("not")
            words += ["bool:" + self.random.choice(["true", "false", "true"]),
                      self.random.choice(["&&", "||", "==", "!="])]
        return words

    def mixed(self):
        """Also what is not defined."""
        operands = [self.number, self.booleans, self.strings, lambda: ["unknown"]]
        words = self.random.choice(operands)() + self.random.choice(operands)()
        return words + [self.random.choice(INTEGER + COMPARISON + ["&&", "||"])]

    def conversions(self):
        return self.number() + [self.random.choice(CONVERSION) for _ in range(self.random.randint(1, 3))]

    def program(self):
        makers = [self.integers] * 5 + [self.numbers] * 8 + [self.comparison] * 3 + [self.strings] + [self.conversions] * 3
        makers += [self.near_integer] + ([self.booleans, self.mixed] if self.random.random() < 0.3 else [])
        return " ".join(self.random.choice(makers)())


def too_far_apart(program):
    """True if go/constant would shift one number by a billion bits to add another."""
    huge = any(mark in program for mark in ("00000000", "6464569", "2147483", "214748364", "99999999", "92233720368547758"))
    return huge and any(op in program.split(" ") for op in ("+", "-", "toint"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--short", action="store_true")
    arguments = parser.parse_args()
    # Integers of 30,000 bits are meant.
    sys.set_int_max_str_digits(0)
    generator = Generator(arguments.seed, arguments.short)
    # Every literal alone at first.
    programs = ["float:" + text for text in EDGE_FLOATS] + ["int:" + text for text in EDGE_INT_LITERALS]
    programs += ["imag:" + text for text in EDGE_IMAGS] + ["char:" + text for text in CHARS]
    programs += ["string:" + text for text in STRINGS]
    while len(programs) < arguments.count:
        program = generator.program()
        if "\t" not in program and not too_far_apart(program):
            programs.append(program)
    print("\n".join(programs[: arguments.count]))


if __name__ == "__main__":
    main()
