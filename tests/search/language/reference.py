"""A small engine in plain Python that carries out plans as the plan's contract says.

It exists so that the language layer can be graded without a server: BM25 per field, the best field
and the best alternative count, groups add up.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from search.language.analyse import index_tokens
from search.language.plan import NEAR_SLOP, Alternative, Group, QueryPlan
from search.language.spelling import WordList

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "network" / "facilities" / "data"
BOOSTS = {"title": 2.0, "keywords": 1.5, "text": 1.0}
PHRASE_BONUS = 1.5
K1, B = 1.2, 0.75


@dataclass(frozen=True)
class Text:
    key: str
    title: str
    keywords: str
    text: str


class ReferenceEngine:
    def __init__(self, texts: Iterable[Text]) -> None:
        self.terms: dict[str, dict[str, list[str]]] = {}
        whole = []
        for text in texts:
            title, keywords = index_tokens(text.title).split(), index_tokens(text.keywords).split()
            body = index_tokens(text.text).split()
            self.terms[text.key] = {
                "title": title, "keywords": keywords, "text": title + keywords + body,
            }  # fmt: skip
            whole.append(f"{text.title} {text.keywords} {text.text}")
        self.vocabulary = WordList.of_texts(whole)
        self.counts = {k: {f: Counter(v) for f, v in d.items()} for k, d in self.terms.items()}
        self.df: dict[str, Counter[str]] = defaultdict(Counter)
        for fields in self.counts.values():
            for name, counter in fields.items():
                self.df[name].update(counter.keys())
        size = max(len(self.terms), 1)
        self.mean = {f: sum(len(d[f]) for d in self.terms.values()) / size for f in BOOSTS}

    def search(self, plan: QueryPlan) -> list[str]:
        if plan.nonsense:
            return []
        found = [key for key in self.terms if self._passes(key, plan)]
        return sorted(found, key=lambda key: (-self.score(key, plan), key))

    def _passes(self, key: str, plan: QueryPlan) -> bool:
        return plan.empty or any(
            all(self._met(key, plan.groups[index]) for index in gate) for gate in plan.gates
        )

    def _met(self, key: str, group: Group) -> bool:
        return any(a.decisive and self._occurs(key, a, "text") for a in group.alternatives)

    def _occurs(self, key: str, alternative: Alternative, field: str) -> bool:
        counts = self.counts[key][field]
        if not all(term in counts for term in alternative.terms):
            return False
        return not alternative.near or near(self.terms[key][field], alternative.terms, NEAR_SLOP)

    def score(self, key: str, plan: QueryPlan) -> float:
        total = sum(self._group(key, group) for group in plan.groups)
        for phrase in plan.phrases:
            if near(self.terms[key]["text"], phrase, 0):
                total += PHRASE_BONUS * max(self._term(key, term) for term in phrase)
        return total

    def _group(self, key: str, group: Group) -> float:
        return max((self._alternative(key, a) for a in group.alternatives), default=0.0)

    def _alternative(self, key: str, alternative: Alternative) -> float:
        if not self._occurs(key, alternative, "text"):
            return 0.0
        scores = [self._term(key, term) for term in alternative.terms]
        return alternative.weight * sum(scores) / len(scores)

    def _term(self, key: str, term: str) -> float:
        return max(boost * self._bm25(key, field, term) for field, boost in BOOSTS.items())

    def _bm25(self, key: str, field: str, term: str) -> float:
        tf = self.counts[key][field][term]
        if not tf:
            return 0.0
        df = self.df[field][term]
        idf = math.log(1 + (len(self.terms) - df + 0.5) / (df + 0.5))
        length = len(self.terms[key][field]) / max(self.mean[field], 1)
        return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length))


def near(sequence: list[str], terms: tuple[str, ...], slop: int) -> bool:
    places = [index for index, term in enumerate(sequence) if term == terms[0]]
    for place in places:
        window = sequence[place + 1 : place + len(terms) + slop]
        position = 0
        for term in terms[1:]:
            if term not in window[position:]:
                break
            position = window.index(term, position) + 1
        else:
            return True
    return False


def ndcg(ranked: list[str], grades: Mapping[str, int], depth: int = 10) -> float:
    gain = sum((2 ** grades.get(k, 0) - 1) / math.log2(i + 2) for i, k in enumerate(ranked[:depth]))
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = sum((2**grade - 1) / math.log2(i + 2) for i, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def sample_texts() -> list[Text]:
    """The sample facilities as the search's projection words them."""
    terms = yaml.safe_load((DATA / "vocabularies.yaml").read_text(encoding="utf-8"))
    facilities = yaml.safe_load((DATA / "sample" / "facilities.yaml").read_text(encoding="utf-8"))
    return [_text(key, raw, terms) for key, raw in facilities.items()]


def sample_synonyms() -> list[list[str]]:
    """The vocabularies' synonyms as sets."""
    terms = yaml.safe_load((DATA / "vocabularies.yaml").read_text(encoding="utf-8"))
    kinds = ("methods", "materials")
    return [_forms(raw) for kind in kinds for raw in terms[kind].values()]


def _forms(raw: dict) -> list[str]:
    names = [raw.get("code"), raw.get("name_nb"), raw.get("name_en")]
    forms = [*names, *raw.get("synonyms_nb", ()), *raw.get("synonyms_en", ())]
    return [str(form) for form in forms if form]


def _text(key: str, raw: dict, terms: dict) -> Text:
    keywords = []
    for kind in ("methods", "materials", "standards"):
        for slug in raw[kind]:
            keywords += _forms(terms[kind][slug])
    keywords += [
        str(item.get(name, ""))
        for item in raw["equipment"]
        for name in ("name_nb", "name_en", "make")
    ]
    equipment = [
        f"{i['name_nb']} {i['name_en']} {i['range']} {i['unit']}" for i in raw["equipment"]
    ]
    names = (
        "summary_nb",
        "description_nb",
        "safety_nb",
        "summary_en",
        "description_en",
        "safety_en",
    )
    return Text(
        key=key,
        title=f"{raw['name_nb']} . {raw['name_en']}",
        keywords=" . ".join(keywords),
        text=" . ".join([*(str(raw.get(name, "")) for name in names), *equipment]),
    )
