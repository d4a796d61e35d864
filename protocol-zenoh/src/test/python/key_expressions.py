"""Writes what the reference implementation says of key expressions, for the tests of ours.

usage: key_expressions.py OUT.tsv

Lines: "canon TEXT FORM" (FORM is "!" where the text is no key expression), "relation A B INTERSECTS INCLUDES".
"""

import itertools
import random
import sys

import zenoh


def canonical(text):
    try:
        return str(zenoh.KeyExpr.autocanonize(text))
    except zenoh.ZError:
        return "!"
    except BaseException:  # Release 1.10.2 panics on some texts with "$*$*" in a chunk: nothing to learn from those.
        return None


def main(out):
    chance = random.Random(9)
    chunks = ["a", "b", "ab", "*", "**", "$*", "a$*", "$*b", "a$*b", "$*a$*", "@a", "@b", "@a$*", "a@", "$*$*", "a$*$*b"]
    odd = ["", "/", "a/", "/a", "a//b", "a*", "*a", "***", "$", "a$", "$a", "a#b", "a?b", "#", "$*$", "**a", "a$**", "ä/ö", "@", "@*", "@**",
           "$*$*$*", "a$*$*$*b$*", "**/@a/**", "@a/**", "*/@a"]
    texts = odd + ["/".join(p) for n in (1, 2) for p in itertools.product(chunks, repeat=n)]
    texts += ["/".join(chance.choices(chunks, k=chance.randint(3, 6))) for _ in range(200)]
    forms = []
    with open(out, "w") as file:
        for text in texts:
            form = canonical(text)
            # Nor from those it refuses although they only have "$*" twice in a row.
            if form is None or form == "!" and canonical(text.replace("$*$*", "$*").replace("$*$*", "$*")) != "!":
                continue
            file.write(f"canon\t{text}\t{form}\n")
            if form != "!" and form not in forms:
                forms.append(form)
        pairs = list(itertools.product(forms[:60], repeat=2))
        pairs += [(chance.choice(forms), chance.choice(forms)) for _ in range(3000)]
        for a, b in chance.sample(pairs, 3000):
            left, right = zenoh.KeyExpr(a), zenoh.KeyExpr(b)
            file.write(f"relation\t{a}\t{b}\t{int(left.intersects(right))}\t{int(left.includes(right))}\n")


main(sys.argv[1])
