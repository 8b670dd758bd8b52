"""Computes every verdict again from docs/results: register.jsonl and ledger/*.csv, with nothing of the code that the page was made with, in
exact integers. Compares them with page.json, and exits with 1 if any differs. Python's standard library only.

    python3 scripts/verdicts.py [FOLDER] [--print]      FOLDER: default docs/results; --print: each place in a line
"""

import csv
import hashlib
import json
import sys
from fractions import Fraction
from functools import lru_cache
from math import comb, inf, isclose
from pathlib import Path

PLACES, SEEDS = 160, 10_000
HEIGHT = 2 * 20 * PLACES  # 2 / a at a = 0.05 / 160: what one of two gamblers has to reach


# --- how much the evidence is ---


def reaches(k, n, r):
    """Whether k of n reject a chance of at most r: sum over j <= k of C(n+1, j) o^(j-k) / ((n+1) C(n, k)) >= HEIGHT, with o = r / (1-r)."""
    if r <= 0 or r >= 1:
        return k > 0 and r <= 0
    p, q = r.numerator, r.denominator - r.numerator
    total, term = 0, q**k  # C(n+1, j) p^j q^(k-j)
    for j in range(k + 1):
        total += term
        term = term * (n + 1 - j) * p // ((j + 1) * q)
    return total >= HEIGHT * (n + 1) * comb(n, k) * p**k


@lru_cache(maxsize=None)
def least(n):
    """The least k of n that rejects a fair coin; n + 1 if none does."""
    low, high = 0, n + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle, n, Fraction(1, 2)) else (middle + 1, high)
    return low


def least_rate(k, n):
    """The least chance that k of n do not reject, to ten digits."""
    low, high = 0, 10**10 if k else 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reaches(k, n, Fraction(middle, 10**10)) else (low, middle)
    return low / 10**10


# --- from the values of a place to its outcome ---


def decide(above, below, test):
    """above(q): the interval lies wholly above q; below(q): wholly below."""
    if test["kind"] == "band":
        if above(test["low"]) and below(test["high"]):
            return "stands"
        return "falls" if below(test["low"]) or above(test["high"]) else "open"
    beyond, short = (above, below) if test["direction"] == "above" else (below, above)
    if beyond(test["margin"]):
        return "stands"
    if short(test["noEffect"]):
        return "falls"
    return "fallsShort" if short(test["margin"]) else "open"


def judge_median(units, test):
    n, c = len(units), least(len(units))
    lows, highs = sorted((low for low, _ in units), reverse=True), sorted(high for _, high in units)
    low, high = (lows[c - 1], highs[c - 1]) if c <= n else (-inf, inf)
    return decide(lambda q: low > q, lambda q: high < q, test), low, high


def judge_coins(units, test):
    """Ones and zeros: of a rate, or of gamma = 2 p - 1. A unit that is not known is [0, 1]."""
    n, ones, zeros = len(units), sum(low >= 1 for low, _ in units), sum(high <= 0 for _, high in units)
    gamma = test["kind"] == "gamma"
    chance = lambda q: (1 + Fraction(str(q))) / 2 if gamma else Fraction(str(q))
    outcome = decide(lambda q: reaches(ones, n, chance(q)), lambda q: reaches(zeros, n, 1 - chance(q)), test)
    low, high = (least_rate(ones, n), 1 - least_rate(zeros, n)) if n else (0, 1)
    return (outcome, 2 * low - 1, 2 * high - 1) if gamma else (outcome, low, high)


def order(a, b):
    """The signs that a - b may have, of two intervals."""
    return {s for s, may in ((1, a[1] > b[0]), (-1, a[0] < b[1]), (0, a[0] <= b[1] and b[0] <= a[1])) if may}


def pairs(values):
    """The first and second seed, the third and fourth, ...: 1 if alike in both quantities, 0 if not, [0, 1] if it may be either, or a tie; no unit
    if a quantity surely ties."""
    own = [(x, y) for x, y in values if x]
    for (x1, y1), (x2, y2) in zip(own[::2], own[1::2]):
        products = {a * b for a in order(x1, x2) for b in order(y1, y2)}
        if products != {0}:
            yield int(products == {1}), int(products != {-1})


def judge(test, values):
    if test["kind"] == "gamma":
        units = list(pairs(values))
    else:
        units = [x for x, _ in values if x]
    by = judge_coins if test["kind"] in ("rate", "gamma") else judge_median
    outcome, low, high = by(units, test)
    return {"outcome": outcome if values else "notRun", "low": low, "high": high, "n": len(units)}


def together(outcomes):
    if all(one == "notRun" for one in outcomes):
        return "notRun"
    if all(one == "stands" for one in outcomes):
        return "stands"
    return next((one for one in ("falls", "fallsShort") if one in outcomes), "open")


# --- what lies in the folder ---


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def register(path):
    """Entries, of which each holds the hash of the one before; hashes are of the very bytes of the line."""
    entries, previous = [], "0" * 64
    for line in path.read_text().splitlines() if path.exists() else []:
        entry = json.loads(line)
        start = line.index('"definition":') + len('"definition":')
        definition = line[start : json.JSONDecoder().raw_decode(line, start)[1]]
        assert entry["place"] == len(entries) + 1 <= PLACES, f"place {entry['place']}: expected {len(entries) + 1}"
        assert entry["previous"] == previous, f"place {entry['place']}: its entry before is another"
        assert entry["definitionHash"] == sha256(definition), f"place {entry['place']}: its definition is another"
        assert entry["hash"] == sha256(line.replace(f'"hash":"{entry["hash"]}",', "")), f"place {entry['place']}: it was changed"
        assert entry["seeds"]["from"] == SEEDS * (entry["version"] - 1) + 1001, f"place {entry['place']}: its seeds are others"
        entries.append(entry)
        previous = entry["hash"]
    return entries


def ledger(folder):
    """Rows by place, definition and seed."""
    rows = {}
    for path in sorted(folder.glob("*.csv")):
        for row in csv.DictReader(path.open()):
            ends = [float(row[name]) if row[name] else None for name in ("low", "high", "yLow", "yHigh")]
            x, y = ends[:2] if ends[0] is not None else None, ends[2:]
            key = (int(row["place"]), row["claim"], int(row["seed"]))
            assert rows.setdefault(key, (x, y)) == (x, y), f"{path}: two rows of place {key[0]}, seed {key[2]}"
    return rows


def values_of(entry, rows):
    """In the order of seeds, from the first confirmatory one up to the first that is missing."""
    key = lambda seed: (entry["place"], entry["definitionHash"][:16], seed)
    seed, values = entry["seeds"]["from"], []
    while key(seed) in rows and len(values) < SEEDS:
        values.append(rows[key(seed)])
        seed += 1
    return values


# --- the page ---


def same(end, published):
    """The page has six digits, and null for an end that is infinite."""
    return published is None if abs(end) == inf else published is not None and isclose(end, published, rel_tol=1e-5, abs_tol=1e-7)


def differences(page, places):
    """What the page says otherwise, a line each; and the places that it shows."""
    found, seen = [], set()
    for section in page["sections"]:
        for claim in section["claims"]:
            for protocol, cell in claim["cells"].items():
                own = [(part, places[part["place"]]) for part in cell["parts"] if "place" in part]
                seen.update(part["place"] for part, _ in own)
                name = f"{section['id']} {claim['id']} {protocol}"
                for part, ours in own:
                    equal = part["outcome"] == ours["outcome"] and part["n"] == ours["n"] and part["hash"] == ours["hash"]
                    if not (equal and same(ours["low"], part["low"]) and same(ours["high"], part["high"])):
                        found.append(f"{name}, place {part['place']}: expected {ours}, got {part}")
                if own and len(own) == len(cell["parts"]) and cell["outcome"] != together([ours["outcome"] for _, ours in own]):
                    found.append(f"{name}: expected {together([ours['outcome'] for _, ours in own])}, got {cell['outcome']}")
    return found, seen


def main(arguments):
    folder = Path(next((one for one in arguments if not one.startswith("--")), "docs/results"))
    entries, rows = register(folder / "register.jsonl"), ledger(folder / "ledger")
    places = {entry["place"]: judge(entry["definition"]["test"], values_of(entry, rows)) | {"hash": entry["hash"]} for entry in entries}
    if "--print" in arguments:
        for entry in entries:
            ours = places[entry["place"]]
            print(entry["place"], entry["experiment"], entry["claim"], entry["protocol"], ours["outcome"], ours["n"], ours["low"], ours["high"], sep=",")
    if not (folder / "page.json").exists():
        return f"{len(places)} places; no page.json to compare them with"
    found, seen = differences(json.loads((folder / "page.json").read_text()), places)
    latest = {(e["experiment"], e["claim"], e["protocol"]): max(o["version"] for o in entries if (o["experiment"], o["claim"], o["protocol"]) == (e["experiment"], e["claim"], e["protocol"])) for e in entries}
    unseen = [e["place"] for e in entries if e["place"] not in seen and e["version"] == latest[e["experiment"], e["claim"], e["protocol"]]]
    found += [f"place {place}: expected on the page, got none" for place in unseen]
    if found:
        sys.exit("\n".join(found))
    return f"{len(seen)} places: outcomes and intervals as on the page"


if __name__ == "__main__":
    print(main(sys.argv[1:]))
