"""`turkmen-ner check`: each check finds its mistake and keeps quiet about a file that is right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from turkmen_ner.authoring import check as module
from turkmen_ner.authoring.check import CHECKS, check
from turkmen_ner.errors import Problem
from turkmen_ner.patterns.schema import Entry, EvidenceRule, PatternFile
from turkmen_ner.patterns.shipped import patterns_folder

ROOT = Path(__file__).parents[2]


def head(count: int) -> str:
    return f"# about: a test\n# source: made up\n# licence: MIT\n# date: 2026-11-22\n# count: {count}\n"


def names(*entries: str, rest: str = "") -> str:
    """A file of CITY entries, the first in line 8."""
    rows = "".join(f"  - {entry}\n" for entry in entries)
    return f"{head(len(entries))}label: CITY\npatterns:\n{rows}{rest}"


def rules(*entries: str, lists: str = "  titles: [wezir]") -> str:
    """A file of evidence rules, the first in line 9."""
    rows = "".join(f"  - {entry}\n" for entry in entries)
    return f"{head(len(entries))}lists:\n{lists}\nevidence:\n{rows}"


def report(folder: Path, text: str, name: str = "my.yaml") -> list[Problem]:
    path = folder / name
    path.write_bytes(text.encode())
    return check([path], shipped=False)


TITLE = '{id: t, label: PERSON, weight: 4, when: [before:titles], yes: ["Bu gün wezir [Aşyr|PERSON] geldi."]'
TOKENS = '{id: s, label: SHIP, pattern: [{LOWER: berkarar}], after: [gämi], yes: ["Portda [Berkarar|SHIP] gämisi bar."]'

CASES = [  # check, a wrong file, line and words of the message, whether it is an error, the same file put right
    ("heads", "label: CITY\n", 1, "no about, source, licence, date, count", False, head(0) + "label: CITY\n"),
    ("heads", names("{pattern: Bengazi}").replace("count: 1", "count: 2"), 5, "there are 1, try 1", True,
     names("{pattern: Bengazi}")),
    ("heads", head(0).replace("2026-11-22", "22.11.2026"), 4, "is no date", True, head(0)),
    ("heads", head(0).replace("made up", ""), 1, "no source", False, head(0)),
    ("own_labels", names("{pattern: Bengazi, label: BODIES}"), 8, "label of your own that is almost BODY", False,
     names("{pattern: Bengazi, label: BODY}", "{pattern: Ak Ýel, label: HORSE}")),
    ("own_labels", names("{pattern: Bengazi}").replace("CITY", "CITIES"), 8, "almost CITY, try CITY, unless", False,
     names("{pattern: Bengazi}")),
    ("composed", names("{pattern: Ma\u0301laga}"), 8, "not NFC", True, names("{pattern: Málaga}")),
    ("invisible", names("{pattern: Ben\u200bgazi}"), 8, "ZERO WIDTH SPACE", True, names("{pattern: Bengazi}")),
    ("invisible", names("{pattern: Nýu\u00a0Ýork}"), 8, "NO-BREAK SPACE", True, names("{pattern: Nýu Ýork}")),
    ("scripts", names("{pattern: Beng\u0430zi}"), 8, "mixes Latin and Cyrillic: 'а' is CYRILLIC SMALL LETTER A", True,
     names("{pattern: Bengazi}")),
    ("scripts", names("{pattern: Bengazi, aliases: [Βεγγάζη]}"), 8, "is written in Greek", True,
     names("{pattern: Bengazi, aliases: [Бенгази]}")),
    ("ids", names("{id: a, pattern: Bengazi}", rest="evidence:\n  - {id: a, label: CITY, weight: 1, when: [words:1], "
                  'yes: ["Ol [Benguz|CITY]."]}\n').replace("count: 1", "count: 2"), 10,
     "this id is used at", True, None),
    ("two_labels", names("{pattern: Bengazi}", "{pattern: Bengazi, label: BODY, id: b}"), 9,
     "b (Bengazi): BODY here, but CITY at", True,
     names("{pattern: Bengazi}", "{pattern: Bengazi, label: BODY, id: b, maybe: true}")),
    ("two_labels", names("{pattern: Bengazi}", "{pattern: Z, label: BODY, aliases: [BENGAZI]}"), 9, "but CITY", True,
     None),
    ("two_entries", names("{pattern: Bengazi, id: a}", "{pattern: Bengazi, id: b}"), 9, "also a form of a at", False,
     names("{pattern: Bengazi, id: a}", "{pattern: Bengazi, id: b, maybe: true}")),
    ("two_entries", names("{pattern: Bengazi, aliases: [Bingazi, Bingazi]}"), 8, "stands in this entry twice", False,
     names("{pattern: Bengazi, aliases: [Bingazi]}")),
    ("common_words", names("{pattern: Bereket}"), 8, "also a common word", True,
     names("{pattern: Bereket, maybe: true}")),
    ("common_words", names("{pattern: Bengazi, aliases: [Bereket]}"), 8, "also a common word", True,
     names("{pattern: Bengazi, aliases: [{pattern: Bereket, maybe: false}]}")),
    ("common_words", names("{pattern: Bereket, not_before: [bu]}", "{pattern: Bereket, id: b}"), 9,
     "also a common word", True,
     names('{pattern: Bereket, after: [gämi], yes: ["Bu [Bereket|CITY] gämisi."], no: ["Ol Bereketde."]}')),
    ("common_words", names("{pattern: Bereket, note: a town}"), 8, "also a common word", True,
     names("{pattern: Bereket, label: COUNTRY}")),
    ("reachable", names("{pattern: OPEK*, case: exact}"), 8, "does not find this form", True,
     names("{pattern: OPEK*, case: title}")),
    ("colliding", names("{pattern: Gaza, maybe: false}", "{pattern: Bengazide}", "{pattern: Bengazi, label: BODY}"), 9,
     "is also Loc of Bengazi, BODY at", False,
     names("{pattern: Gaza, maybe: false}", "{pattern: Bengazide}", "{pattern: Bengazi, label: BODY, inflect: false}")),
    ("known_facts", rules(TITLE.replace("before:titles", "before:title") + "}"), 9, "no list title, try titles", True,
     rules(TITLE + "}")),
    ("known_facts", rules(TITLE + ", unless: [shape:round]}"), 9, "no such fact, try shape:caps", True,
     rules(TITLE + ", unless: [shape:caps]}")),
    ("known_facts", rules(TITLE + ", unless: [shape:round]}"), 9, "shape:round", True, rules(TITLE + "}")),
    ("witnessed", rules(TITLE.split(", yes")[0] + "}"), 9, "no sentence shows", False, rules(TITLE + "}")),
    ("witnessed", names(TOKENS.split(", yes")[0] + "}"), 8, "no sentence shows", False, names(TOKENS + "}")),
    ("sentences", rules(TITLE.replace("wezir", "gelin") + "}"), 9, "yes: the rule does nothing here", True,
     rules(TITLE + "}")),
    ("sentences", rules(TITLE.replace("PERSON] g", "CITY] g") + "}"), 9, "is not found, [Aşyr|PERSON]", True,
     rules(TITLE + "}")),
    ("sentences", rules(TITLE + ', no: ["Bu gün wezir Aşyr geldi."]}'), 9, "no: the rule applies to 'Aşyr'", True,
     rules(TITLE + ', no: ["Bu gün gelin Aşyr geldi."]}')),
    ("sentences", rules(TITLE.replace("[Aşyr|PERSON]", "[Aşyr]") + "}"), 9, "expected [name|LABEL]", True, None),
    ("sentences", rules(TITLE.replace("[Aşyr|PERSON]", "Aşyr") + "}"), 9, "no name is marked", True, None),
    ("sentences", rules(TITLE.replace("[Aşyr|PERSON]", "[Aşyr|PERSON|Aşyra|Nom]") + "}"), 9,
     "the base form of", True,
     rules(TITLE.replace("[Aşyr|PERSON]", "[Aşyr|PERSON|Aşyr|Nom]") + "}")),
    ("sentences", rules(TITLE.replace("[Aşyr|PERSON]", "[Aşyr|NONE]") + "}"), 9, "means no name", True, None),
    ("sentences", names(TOKENS + ', no: ["Portda Berkarar gämisi bar."]}'), 8,
     "no: the rule applies to 'Berkarar'", True,
     names(TOKENS + ', no: ["Portda Berkarar ýok."]}')),
    ("sentences", names('{pattern: Bengazi, label: NONE, no: ["Ol Bengazide."]}', "{pattern: Bengazi, id: b}"), 8,
     "no: the rule applies to 'Bengazide'", True,
     names('{pattern: Bengazi, label: NONE, yes: ["Ol [Bengazide|NONE]."]}', "{pattern: Bengazi, id: b}")),
    ("sentences", names(TOKENS.replace("gämisi", "ýok") + "}"), 8, "is not found", True, names(TOKENS + "}")),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wrong", "line", "words", "error", "right"), CASES)
def test_a_check_finds_its_mistake_and_only_that(
    look: str, wrong: str, line: int, words: str, error: bool, right: str | None, tmp_path: Path
) -> None:
    found = [p for p in report(tmp_path, wrong) if words in str(p)]
    assert [(p.line, p.error) for p in found] == [(line, error)], report(tmp_path, wrong)
    assert str(found[0]).startswith(f"{tmp_path / 'my.yaml'}:{line}: {'error' if error else 'warning'}:")
    assert right is None or report(tmp_path, right) == []


def test_every_check_is_tested() -> None:
    tested = {case[0] for case in CASES} | {"repeated_lines"}
    assert tested == {look.__name__ for look in CHECKS}


@pytest.mark.parametrize("look", sorted({case[0] for case in CASES}))
def test_a_mistake_is_found_by_its_check_and_no_other(
    look: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHECKS", tuple(one for one in CHECKS if one.__name__ != look))
    for _, wrong, _, words, _, _ in [case for case in CASES if case[0] == look]:
        assert not any(words in str(p) for p in report(tmp_path, wrong))


def test_a_shipped_file_has_its_head_and_a_rule_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "patterns_folder", lambda: tmp_path)
    assert [p.error for p in report(tmp_path, "label: CITY\n")] == [True]
    assert [p.error for p in report(tmp_path, rules(TITLE.split(", yes")[0] + "}"))] == [True]


def test_a_list_with_a_label_of_ones_own(tmp_path: Path) -> None:
    found = report(tmp_path, head(1) + "# label: PERSO\nMerdan Orazow\n", "people.txt")
    assert [(p.line, p.entry, p.error, "almost PERSON" in p.found) for p in found] == [(6, "PERSO", False, True)]
    (found,) = report(tmp_path, "# label: person\nMerdan Orazow\n", "people.txt")
    assert (found.line, found.error, "like PERSON, found 'person'" in found.found) == (1, True, True)


def test_a_list_that_does_not_say_what_it_is(tmp_path: Path) -> None:
    (found,) = report(tmp_path, "Merdan Orazow\n", "people.txt")
    assert (found.line, found.error, "`# label: PERSON`" in str(found)) == (1, True, True)
    (tmp_path / "rule.yaml").write_text(names(TOKENS.replace("[gämi]", "[{LIST: people}]") + "}"), encoding="utf-8")
    assert [p for p in check([tmp_path], shipped=False) if "label" in p.found] == []


def test_a_list_has_each_word_once(tmp_path: Path) -> None:
    found = report(tmp_path, head(3) + "# list: titles\nministr\nwezir  # old\nministr\n", "towns.txt")
    assert [(p.line, p.found) for p in found] == [(9, "stands in this list twice, first in line 7")]
    assert report(tmp_path, head(2) + "# list: titles\nministr\nwezir  # old\n", "titles.txt") == []


def test_a_small_list_in_a_yaml_file_has_each_word_once(tmp_path: Path) -> None:
    found = report(tmp_path, rules(TITLE + "}", lists="  titles: [wezir, han, wezir]"))
    assert [(p.line, p.entry, p.found) for p in found] == [(7, "wezir", "stands in this list twice")]


def test_a_list_of_names_is_checked_like_entries(tmp_path: Path) -> None:
    label = head(2).replace("# count", "# label: CITY\n# count")
    found = report(tmp_path, label + "Beng\u0430zi\nBereket\n", "towns.txt")
    assert [(p.line, p.found.split(":")[0]) for p in found] == [
        (7, "mixes Latin and Cyrillic"),
        (8, "is also a common word"),
    ]
    assert report(tmp_path, label + "Bengazi\nBereket  # a town\n", "towns.txt") == []


def test_an_alias_is_reported_in_its_own_line(tmp_path: Path) -> None:
    text = names("pattern: Bengazi\n    aliases:\n      - {pattern: Beng\u0430zi}").replace("count: 1", "count: 1")
    assert [p.line for p in report(tmp_path, text)] == [10]


def test_all_schema_errors_of_all_files_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(names("{pattern: A1, foo: x}", "{pattern: []}"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("patterns: [", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\xff")
    found = check([tmp_path], shipped=False)
    assert [(Path(p.file).name, p.line, p.error) for p in found] == [
        ("a.yaml", 8, True),
        ("a.yaml", 9, True),
        ("b.yaml", 2, True),
        ("c.txt", 1, True),
    ]
    assert found[0].entry == "A1"
    assert found[0].found == "unknown key 'foo'"
    assert found[0].expected.startswith("one of label, pattern")


@pytest.mark.parametrize("name", ["nowhere.yaml", "notes.md", "empty"])
def test_a_path_that_is_no_pattern_file_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")
    (tmp_path / "empty").mkdir()
    (found,) = check([tmp_path / name], shipped=False)
    assert found.error
    assert name in str(found)


def test_an_id_twice_over_files_is_an_error_but_aliases_may_be_added(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(names("{id: x, pattern: Bengazi}"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(names("{id: x, aliases: [Bingazi]}"), encoding="utf-8")
    assert check([tmp_path], shipped=False) == []
    (tmp_path / "b.yaml").write_text(names("{id: x, pattern: Bingazi}"), encoding="utf-8")
    assert [(Path(p.file).name, p.line, p.entry) for p in check([tmp_path], shipped=False)] == [("b.yaml", 8, "x")]


def test_an_unknown_list_of_a_token_rule_is_reported_once(tmp_path: Path) -> None:
    found = report(tmp_path, names(TOKENS.replace("[gämi]", "[{LIST: boats}]") + "}"))
    assert [(p.line, p.entry) for p in found if "boats" in p.found] == [(8, "s")]


def test_a_file_of_ones_own_is_checked_with_the_shipped_patterns(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(names("{id: my-body, label: BODY, pattern: Bengazi}"), encoding="utf-8")
    (found,) = check([path])
    assert "but CITY at cities.yaml:" in found.found
    path.write_text(
        names("{id: my-body, label: BODY, pattern: Bengazi}", rest="remove: [benghazi-ly]\n"), encoding="utf-8"
    )
    assert check([path]) == []


def test_the_shipped_patterns_are_clean() -> None:
    assert [str(problem) for problem in check([patterns_folder()])] == []


def test_the_schema_for_editors_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "build_schema.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_for_editors_knows_every_key() -> None:
    schema = json.loads((ROOT / "turkmen_ner" / "data" / "patterns.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(PatternFile.model_fields)
    assert set(schema["$defs"]["Entry"]["properties"]) == set(Entry.model_fields) - {"source"}
    assert set(schema["$defs"]["EvidenceRule"]["properties"]) == set(EvidenceRule.model_fields) - {"source"}
    assert schema["$defs"]["Form"]["properties"]["maybe"]["enum"] == [True, False, "true", "false"]
    assert schema["$defs"]["Form"]["additionalProperties"] is False
