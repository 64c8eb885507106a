"""Asks our server and an independent evaluator of CQL2 (the `cql2` package, 0.6) the same questions.

Usage: cql2_oracle.py BASE. Takes all supports home, makes filters (text and JSON, always the same ones), and compares which items
each lets through. Prints how many filters agree; ends with 1 and the first differences if any do not.

What the two understand differently on purpose is not asked: see `engine::cql2` on NULL and on days against instants.
"""

import json
import random
import sys
import urllib.parse
import urllib.request

import cql2

BASE = sys.argv[1]
FILTERS = 400
dice = random.Random(20261123)


def ask(query):
    pages, url = [], f"{BASE}/collections/supports/items?limit=10000&{urllib.parse.urlencode(query)}"
    while url:
        with urllib.request.urlopen(url) as answer:
            page = json.load(answer)
        pages += page["features"]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return pages


TEXTS = ["name", "category", "price", "form", "channel"]
# Where something is unknown the other one gives up: it is asked about what is known whole.
ITEMS = [item for item in ask({}) if item["geometry"] and all(item["properties"][name] for name in TEXTS)]
IDS = {item["id"] for item in ITEMS}
SOME = {name: sorted({item["properties"][name] for item in ITEMS}) for name in TEXTS}


def text(value):
    return "'" + value.replace("'", "''") + "'"


def pattern(value):
    start = dice.randrange(len(value))
    return dice.choice(["{}%", "%{}", "%{}%", "_{}%"]).format(value[start : start + dice.randint(1, 4)].replace("%", "").replace("_", ""))


def ring():
    lon, lat, size = dice.uniform(26.69, 26.76), dice.uniform(58.36, 58.40), dice.uniform(0.001, 0.02)
    corners = [(lon, lat), (lon + size, lat), (lon + size, lat + size / 2), (lon, lat + size / 2), (lon, lat)]
    return "POLYGON((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in corners) + "))"


def atom():
    name = dice.choice(TEXTS)
    value = dice.choice(SOME[name])
    kinds = [
        lambda: f"{name} {dice.choice(['=', '<>', '<', '<=', '>', '>='])} {text(value)}",
        lambda: f"{name} {dice.choice(['', 'NOT '])}LIKE {text(pattern(value))}",
        lambda: f"{name} {dice.choice(['', 'NOT '])}IN ({', '.join(text(v) for v in dice.choices(SOME[name], k=3))})",
        lambda: f"CASEI({name}) = CASEI({text(value.upper())})",
        lambda: f"ACCENTI({name}) = ACCENTI({text(value)})",
        lambda: f"{dice.choice(['phone', 'website', 'opening_hours'])} IS {dice.choice(['', 'NOT '])}NULL",
        lambda: f"{dice.randint(1, 9)} + {dice.randint(1, 9)} * 2 {dice.choice(['<', '>='])} {dice.randint(3, 20)}",
        lambda: f"confidential = {dice.choice(['TRUE', 'FALSE'])}",
    ]
    kinds += [lambda: f"{dice.choice(['S_INTERSECTS', 'S_WITHIN', 'S_DISJOINT'])}(geometry, {ring()})"] * 3
    return dice.choice(kinds)()


def expression(depth):
    if depth == 0 or dice.random() < 0.3:
        return atom()
    if dice.random() < 0.2:
        return f"NOT ({expression(depth - 1)})"
    return f"({expression(depth - 1)} {dice.choice(['AND', 'OR'])} {expression(depth - 1)})"


def main():
    agreed, different, matching = 0, [], 0
    for number in range(FILTERS):
        said = expression(dice.randint(0, 3))
        oracle = cql2.Expr(said)
        expected = {item["id"] for item in ITEMS if oracle.matches(item)}
        asked = {"filter": said}
        if number % 2:
            asked = {"filter": json.dumps(oracle.to_json()), "filter-lang": "cql2-json"}
        found = {item["id"] for item in ask(asked)} & IDS
        matching += 0 < len(expected) < len(ITEMS)
        if found == expected:
            agreed += 1
        else:
            different.append(f"{asked}: {len(found)} here, {len(expected)} there, {len(found ^ expected)} differ")
    print(*different[:20], sep="\n", end="\n" if different else "")
    print(f"{agreed} of {FILTERS} filters agree over {len(ITEMS)} items, {matching} of them choose")
    sys.exit(1 if different else 0)


main()
