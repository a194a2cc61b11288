"""Suggesting entries: from texts to a pattern file that `check` accepts and `load` takes, and the command `suggest`."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.api import component
from turkmen_ner.authoring.check import check
from turkmen_ner.authoring.suggest import Suggestion, suggest, to_yaml
from turkmen_ner.cli.app import app
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.corpus.counts import base_key
from turkmen_ner.patterns.reader import read, read_yaml
from turkmen_ner.patterns.schema import Entry
from turkmen_ner.patterns.word_list import read_head

SEEDS = [
    strip(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parents[2] / "seeds").glob("[0-9]*.txt"))
]
FULL = "Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözleri TDH-da çykdy."
ALONE = "Sözçi Weliçko geldi."
SHIP = "Portda «Zarmyk» gämisi durýar."
run = CliRunner().invoke


def short(found: list[Suggestion]) -> list[tuple[str, ...]]:
    return [(s.id, s.label, s.pattern, *s.aliases) for s in found]


# --- what is suggested -----------------------------------------------------------------------------------------------


def test_unlisted_names_by_frequency():
    found = suggest([FULL, SHIP, "Ýük «Zarmykda» galdy, «Zarmyk» gämisi gitdi.", "Ol Bengazide boldy."])
    assert short(found) == [
        ("zarmyk", "SHIP", "Zarmyk"),
        ("nurdan-welicko", "PERSON", "Nurdan Weliçko", "Weliçko"),
    ]
    ship, person = found
    assert (ship.mentions, ship.documents, ship.forms) == (3, 2, (("Zarmyk", 2), ("Zarmykda", 1)))
    assert ship.contexts == ("Portda «[Zarmyk]» gämisi durýar.", "Ýük «[Zarmykda]» galdy, «Zarmyk» gämisi gitdi.")
    assert (person.mentions, person.documents, person.maybe) == (2, 1, False)


def test_at_most_three_contexts():
    (ship,) = suggest([SHIP] * 5)
    assert (ship.documents, len(ship.contexts)) == (5, 3)


def test_a_surname_alone_is_counted_with_the_only_full_name():
    (person,) = suggest([ALONE, FULL, ALONE])
    assert (person.pattern, person.aliases, person.mentions, person.documents) == ("Nurdan Weliçko", ("Weliçko",), 4, 3)
    assert len(person.contexts) == 3


def test_a_surname_of_two_people_stays_by_itself():
    other = "Sözçi Meret Weliçko aýtdy. Weliçkonyň sözi gysga."
    found = suggest([FULL, other, ALONE])
    assert short(found) == [
        ("meret-welicko", "PERSON", "Meret Weliçko"),
        ("nurdan-welicko", "PERSON", "Nurdan Weliçko"),
        ("welicko", "PERSON", "Weliçko"),
    ]


def test_a_given_name_is_no_alias():
    (person,) = suggest(["Sözçi Kakamyrat Weliçko aýtdy. Ol Kakamyrada ynanýar."])
    assert (person.mentions, person.aliases) == (2, ())


def test_a_form_with_two_meanings_is_maybe_for_the_rarer():
    found = suggest([SHIP, SHIP, "Wezir Zarmyk geldi."])
    assert [(s.id, s.label, s.maybe) for s in found] == [("zarmyk", "SHIP", False), ("zarmyk-2", "PERSON", True)]


def test_common_words_and_forms_of_entries_are_maybe():
    nlp = turkmen_ner.load(patterns=[{"label": "CITY", "id": "norgil", "pattern": "Norgil"}])
    texts = ["Portda «Deňizçi» gämisi durýar.", "Wezir Norgil Zarmyk geldi.", "Portda «Norgil» gämisi durýar."]
    found = suggest(texts, nlp=nlp)
    assert {s.pattern: s.maybe for s in found} == {"Deňizçi": True, "Norgil": True, "Norgil Zarmyk": False}


def test_ids_do_not_clash_with_those_of_the_pipeline():
    ids = ["zarmyk", "zarmyk-2"]
    taken = [{"label": "CITY", "id": id_, "pattern": name} for id_, name in zip(ids, ["Norgil", "Kerbuk"], strict=True)]
    (ship,) = suggest([SHIP], nlp=turkmen_ner.load(patterns=taken))
    assert ship.id == "zarmyk-3"


def test_capitals_only_if_there_is_nothing_else():
    text = "Portda «ZARMYK» gämisi durýar. "
    assert [s.pattern for s in suggest([text, text, SHIP])] == ["Zarmyk"]
    assert [s.pattern for s in suggest([text])] == ["ZARMYK"]


def test_fewer_and_only_some_labels():
    texts = [FULL, SHIP]
    assert [s.label for s in suggest(texts, least=2)] == ["PERSON"]
    assert [s.label for s in suggest(texts, labels=["SHIP"])] == ["SHIP"]
    assert suggest([]) == []
    with pytest.raises(ValueError, match="labels='turkmen'"):
        suggest(texts, nlp=turkmen_ner.load(labels="conll"))


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_file():
    text = to_yaml(suggest([FULL, SHIP]), source="two texts\nof ours")
    assert read_head(text) == {
        "about": "names that were on no list, to be reviewed",
        "source": "turkmen-ner suggest; two texts of ours",
        "licence": "facts",
        "date": date.today().isoformat(),
        "count": "2",
    }
    assert text.splitlines()[5:] == [
        "patterns:",
        "  # 2 mentions in 1 document: Nurdan Weliçko 1, Weliçkonyň 1",
        "  # Bu barada sözçi [Nurdan Weliçko] aýtdy. Weliçkonyň sözleri TDH-da çykdy.",
        "  - {id: nurdan-welicko, label: PERSON, pattern: Nurdan Weliçko, aliases: [Weliçko]}",
        "  # 1 mention in 1 document: Zarmyk 1",
        "  # Portda «[Zarmyk]» gämisi durýar.",
        "  - {id: zarmyk, label: SHIP, pattern: Zarmyk}",
    ]


def test_an_empty_file_is_a_file(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(to_yaml([]), encoding="utf-8")
    assert check([path], shipped=False) == []
    assert turkmen_ner.load(patterns=[path], shipped=False)


def suggestion(**changed: object) -> Suggestion:
    plain = {
        "id": "x", "label": "BODY", "pattern": "Zarmyk", "aliases": (), "maybe": False, "mentions": 1, "documents": 1,
        "forms": (("Zarmyk", 1),), "contexts": (),
    }  # fmt: skip
    return Suggestion(**{**plain, **changed})


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("Aşg\u0430bat", "mixes Latin and Cyrillic"),
        ("a" * 3 + " b" * 40, "at most 30 words"),
        ("...", "at least one letter"),
    ],
)
def test_a_name_that_no_entry_can_hold_is_left_out(pattern, why, tmp_path):
    text = to_yaml([suggestion(id="bad", pattern=pattern), suggestion()])
    (line,) = [line for line in text.splitlines() if line.startswith("  # left out, for ")]
    assert why in line
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert list(read([path]).entries) == ["x"]
    assert check([path], shipped=False) == []


@pytest.mark.parametrize("pattern", ["On", "Null", "12:30", "Ýa: hawa", "Gül #1", "A & B, C", "Gül 'n' «Bag»", "-Gül"])
def test_what_yaml_would_misread(pattern):
    document = read_yaml(to_yaml([suggestion(pattern=pattern)]), "x")
    assert document["patterns"] == [{"id": "x", "label": "BODY", "pattern": pattern}]


LETTERS = "AaBbÝýŇňŞşÖöŽžИиЖжΩωé.-'’«»“:#,[]{}&*!|>%@`\\ \t\n\u00a0\u200b\u00ad\u0301\u0085\u202812\x00\x1b😀ﬁ"
WORDS = st.one_of(
    st.sampled_from(["wezir", "kompaniýasy", "gämisi", "şäheri", "Nurdan", "Weliçko", "Ministrlik", "ON", "Halk"]),
    st.text(LETTERS, min_size=1, max_size=8).map(lambda word: word[:1].upper() + word[1:]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=5))
def test_any_text_gives_a_good_file(tmp_path_factory, texts):
    found = suggest(texts)
    text = to_yaml(found, source=texts[0])
    path = tmp_path_factory.mktemp("any") / "mine.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    assert [problem for problem in check([path], shipped=False) if problem.error] == []
    assert len(read([path]).entries) + text.count("\n  # left out, for ") == len(found)


# --- the round trip --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory):
    """The suggestions from the seeds, their file, and a pipeline with it."""
    found = suggest(SEEDS)
    path = tmp_path_factory.mktemp("suggest") / "mine.yaml"
    path.write_text(to_yaml(found, source="seeds/"), encoding="utf-8")
    return found, path, turkmen_ner.load(patterns=[path])


def test_the_file_passes_the_check(round_trip):
    found, path, _ = round_trip
    assert len(found) > 50
    assert [str(problem) for problem in check([path]) if problem.error] == []
    shipped = {entry.id for entry in component(turkmen_ner.load()).tagger.gazetteer.entries}
    ids = [s.id for s in found]
    assert len(set(ids)) == len(ids)
    assert shipped.isdisjoint(ids)
    for s in found:
        assert Entry.model_validate(s.entry()).id == s.id


def test_exactly_the_suggested_names_become_listed(round_trip):
    found, _, nlp = round_trip
    sure = {s.id: {base_key(name) for name in (s.pattern, *s.aliases)} for s in found if not s.maybe}
    maybe = {s.id for s in found if s.maybe}
    by_base = {(s.label, base_key(s.pattern)): s.id for s in found}
    listed: set[str] = set()
    for text in SEEDS:
        before = {(e.start, e.end, e.label): e for e in turkmen_ner.tag(text)}
        after = {(e.start, e.end, e.label): e for e in turkmen_ner.tag(text, nlp=nlp)}
        listed |= {e.id for e in after.values() if e.listed and e.source.startswith("mine.yaml")}
        assert before.keys() <= after.keys()
        for place, old in before.items():
            new = after[place]
            if not old.id.startswith("doc."):
                assert (new.id, new.listed) == (old.id, old.listed)
            elif by_base.get((old.label, base_key(old.name))) in sure:
                assert (new.id, new.listed) == (by_base[old.label, base_key(old.name)], True), old
            elif new.id in sure:
                assert new.listed == (base_key(new.name) in sure[new.id]), old
            else:
                assert new.id in maybe or new.id.startswith("doc."), old
    assert sure.keys() <= listed <= sure.keys() | maybe


def test_nothing_is_left_to_suggest_but_what_context_must_confirm(round_trip):
    found, _, nlp = round_trip
    again = suggest(SEEDS, nlp=nlp)
    assert len(again) < 0.1 * len(found)
    assert {s.pattern for s in again} <= {s.pattern for s in found if s.maybe}


# --- the command -----------------------------------------------------------------------------------------------------


def test_suggest_check_tag(tmp_path):
    for number, text in enumerate([FULL, SHIP, ALONE]):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    result = run(app, ["suggest", str(tmp_path), "--min", "2"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"# source: turkmen-ner suggest; {tmp_path}\n" in result.stdout
    mine = tmp_path / "mine.yaml"
    mine.write_text(result.stdout, encoding="utf-8")
    assert run(app, ["check", str(mine)]).stdout == "0 errors, 0 warnings\n"
    tagged = run(app, ["tag", "-f", "json", "--patterns", str(mine), str(tmp_path / "2.txt"), str(tmp_path / "1.txt")])
    (person,), (ship,) = (document["entities"] for document in json.loads(tagged.stdout))
    assert (person["id"], person["listed"], person["source"]) == ("nurdan-welicko", True, "mine.yaml:10 nurdan-welicko")
    assert not ship["listed"]


def test_options_of_the_command(tmp_path):
    def patterns(*options: str, text: str = FULL + " " + SHIP) -> list[str]:
        result = run(app, ["suggest", *options], input=text)
        assert result.exit_code == 0
        assert "# source: turkmen-ner suggest; standard input\n" in result.stdout
        return re.findall(r"pattern: ([^,}]+)", result.stdout)

    assert patterns() == ["Nurdan Weliçko", "Zarmyk"]
    assert patterns("--label", "SHIP") == ["Zarmyk"]
    assert patterns("--no-infer") == ["Zarmyk"]  # a token rule finds it
    assert patterns("-j", "2", "--lenient") == ["Nurdan Weliçko", "Zarmyk"]
    mine = tmp_path / "mine.yaml"
    mine.write_text("label: SHIP\npatterns: [{pattern: Zarmyk}]\n", encoding="utf-8")
    assert patterns("-p", str(mine)) == ["Nurdan Weliçko"]
    many = [str(mine)] * 7
    result = run(app, ["suggest", *many])
    assert f"; {', '.join(many[:5])} and 2 more\n" in result.stdout
    assert run(app, ["suggest", str(tmp_path / "nowhere.txt")]).exit_code == 1
    assert run(app, ["suggest", "--min", "0"]).exit_code == 2
