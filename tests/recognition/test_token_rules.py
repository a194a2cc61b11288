"""Token patterns: syntax and errors, context, BASE and LIST, and that a rule means the same in every pipeline."""

import pickle
import re
import time
from pathlib import Path

import pytest
import spacy
from spacy.lang.lex_attrs import is_quote
from spacy.language import Language
from spacy.schemas import TokenPattern
from spacy.tokens import Doc

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.patterns import token_patterns as token_syntax
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read
from turkmen_ner.patterns.regex_limits import MAX_SEEN, check_regex
from turkmen_ner.patterns.shipped import shipped
from turkmen_ner.patterns.token_patterns import MAX_TOKENS, check, token
from turkmen_ner.recognition.token_rules import QUOTE_SIGNS, TokenRules

Rule = dict[str, object]
TITLES: Rule = {"IS_TITLE": True, "OP": "+"}
SHIP: Rule = {"id": "ship", "label": "SHIP", "pattern": [TITLES], "after": ["gämi"]}


def make(
    *entries: Rule, lists: dict[str, list[str]] | None = None, shipped: bool = False, infer: bool = False
) -> Language:
    document = {"patterns": list(entries), "lists": lists or {}}
    return turkmen_ner.load(patterns=[document], shipped=shipped, infer=infer)


def found(nlp: Language, text: str) -> list[str]:
    return [f"{e.text} {e.label}" for e in turkmen_ner.tag(text, nlp=nlp)]


def one(rule: Rule, text: str, **lists: list[str]) -> list[str]:
    """What one rule finds, without the labels."""
    return [e.text for e in turkmen_ner.tag(text, nlp=make({"id": "x", "label": "SHIP", **rule}, lists=lists))]


def city(name: str) -> Rule:
    return {"label": "CITY", "pattern": name}


def messages(folder: Path, text: str) -> list[str]:
    path = folder / "my.yaml"
    path.write_text(text)
    with pytest.raises(PatternError) as caught:
        compile(read([path]))
    return str(caught.value).splitlines()


# --- syntax --------------------------------------------------------------------------------------------------------


def test_attributes_are_those_of_spacy():
    theirs = {name.upper() for name in TokenPattern.model_fields} - {"UNDERSCORE"}
    assert set(token_syntax.ATTRIBUTES) - set(token_syntax.OURS) == theirs


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ({}, {}),
        ({"ORTH": "Ak"}, {"ORTH": "Ak"}),
        ({"LOWER": "12"}, {"LOWER": "12"}),
        ({"is_title": "true", "IS_QUOTE": "false"}, {"IS_TITLE": True, "IS_QUOTE": False}),
        ({"IS_TITLE": True, "LIKE_NUM": False}, {"IS_TITLE": True, "LIKE_NUM": False}),
        ({"LENGTH": "3"}, {"LENGTH": 3}),
        ({"LENGTH": {">=": "3", "<": 9}}, {"LENGTH": {">=": 3, "<": 9}}),
        ({"LENGTH": {"IN": ["3", "4"]}}, {"LENGTH": {"IN": [3, 4]}}),
        ({"LOWER": {"IN": ["a", "1"]}}, {"LOWER": {"IN": ["a", "1"]}}),
        ({"LOWER": {"REGEX": "^ak"}}, {"LOWER": {"REGEX": "^ak"}}),
        ({"LOWER": {"REGEX": {"NOT_IN": ["^ak", "k$"]}}}, {"LOWER": {"REGEX": {"NOT_IN": ["^ak", "k$"]}}}),
        ({"LOWER": {"FUZZY1": "tanker"}}, {"LOWER": {"FUZZY1": "tanker"}}),
        ({"MORPH": {"IS_SUPERSET": ["Case=Gen"]}}, {"MORPH": {"IS_SUPERSET": ["Case=Gen"]}}),
        ({"BASE": "gämi"}, {"BASE": {"IN": ["gämi"]}}),
        ({"BASE": ["gämi", "parom"]}, {"BASE": {"IN": ["gämi", "parom"]}}),
        ({"LIST": {"NOT_IN": "titles"}, "OP": "*"}, {"LIST": {"NOT_IN": ["titles"]}, "OP": "*"}),
        ({"OP": "{2,3}"}, {"OP": "{2,3}"}),
        ({"OP": "{,3}"}, {"OP": "{,3}"}),
    ],
)
def test_conversion(written, read_as):
    assert token(written) == read_as
    assert token(token(written)) == read_as


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("gämi", "expected a token"),
        ({"IS_TITEL": "true"}, "IS_TITEL: unknown token attribute, expected IS_TITLE"),
        ({"CAPITAL": "true"}, "expected one of ORTH, TEXT"),
        ({"_": {"a": "b"}}, "extension attribute"),
        ({"IS_TITLE": "yes"}, "IS_TITLE: expected true or false, found 'yes'"),
        ({"IS_TITLE": 1}, "expected true or false"),
        ({"IS_TITLE": {"IN": [True]}}, "expected true or false"),
        ({"LENGTH": "long"}, "LENGTH: expected a number"),
        ({"LENGTH": True}, "LENGTH: expected a number"),
        ({"LENGTH": {"=>": "3"}}, "found '=>'"),
        ({"LOWER": ["a"]}, "LOWER: expected a string"),
        ({"LOWER": 3}, "LOWER: expected a string"),
        ({"LOWER": {"IN": "a"}}, "IN: expected a list"),
        ({"LOWER": {">": "1"}}, "expected one of REGEX"),
        ({"LOWER": {}}, "expected one of REGEX"),
        ({"OP": "++"}, "OP: expected one of + * ? !"),
        ({"OP": "{}"}, "OP: expected one of"),
        ({"OP": "{,}"}, "OP: expected one of"),
        ({"OP": "{3,2}"}, "the smaller first"),
        ({"OP": "{1000000}"}, f"numbers from 1 to {MAX_TOKENS}"),
        ({"OP": 1}, "OP: expected one of"),
        ({"BASE": ""}, "expected a word"),
        ({"BASE": []}, "expected a word"),
        ({"BASE": "howa gämi"}, "a token for each word"),
        ({"BASE": {"REGEX": "a"}}, "expected IN or NOT_IN"),
        ({"LIST": {}}, "expected IN or NOT_IN"),
        ({"ORTH": "a", "TEXT": "b"}, "expected one of ORTH and TEXT"),
        ({"LOWER": "a", "lower": "b"}, "each key once"),
        ({"LOWER": {"REGEX": "("}}, "expected a regular expression"),
    ],
)
def test_wrong_tokens(written, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        token(written)


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ([], "at least one token"),
        ([{"OP": "*"}, {"OP": "?"}], "that must be there"),
        ([{"OP": "+"}] * 4, "at most 3 tokens"),
        ([{}] * (MAX_TOKENS + 1), f"at most {MAX_TOKENS} words"),
    ],
)
def test_wrong_patterns(tokens, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        check(tokens)


def test_errors_name_file_line_entry_and_value(tmp_path):
    text = """\
label: SHIP
patterns:
  - id: a
    pattern:
      - {IS_TITLE: true}
      - {IS_TITEL: true}
    after:
      - gämi
      - {LIST: [ships], OP: +}
  - {id: b, pattern: []}
  - {id: c, pattern: {LOWER: ak}}
  - {id: d, pattern: [{LOWER: ak}], maybe: true}
  - {id: e, pattern: Ak, before: kapitan}
  - {id: f, pattern: Ak, not_after: [bir iki üç]}
  - {id: g, pattern: [{ORTH: {REGEX: "(a+)+"}}]}
"""
    expected = [
        (6, "entry 1 (a): pattern: IS_TITEL: unknown token attribute, expected IS_TITLE, found {'IS_TITEL': 'true'}"),
        (9, "entry 1 (a): after: expected a base form, like gämi, or a word list, like {LIST: titles}, found {"),
        (10, "entry 2 (b): pattern: expected at least one token"),
        (11, "entry 3 (c): pattern: expected a name, or a list of tokens"),
        (12, "entry 4 (d): patterns: expected a token pattern without maybe, which is for names"),
        (13, "entry 5 (e): before: expected a list"),
        (14, "entry 6 (f): not_after: expected a base form of one or two words, found 'bir iki üç'"),
        (15, "entry 7 (g): pattern: ORTH: REGEX: found a repetition or alternatives inside a repetition in '(a+)+'"),
    ]
    lines = messages(tmp_path, text)
    assert len(lines) == len(expected)
    for line, (number, what) in zip(lines, expected, strict=True):
        assert line.startswith(f"my.yaml:{number}: {what}")


@pytest.mark.parametrize("key", ["pattern: [{LIST: titels}]", "pattern: Ak, before: [{LIST: titels}]"])
def test_a_list_that_does_not_exist_is_an_error_of_its_entry(tmp_path, key):
    text = f"label: SHIP\nlists: {{titles: [kapitan]}}\npatterns:\n  - {{id: a, {key}}}\n"
    assert messages(tmp_path, text) == ["my.yaml:4: (a): LIST: found 'titels', expected one of titles"]


REFUSED = (
    r"(a+)+ (a|a)+ (a*)*b (?:a+b?)* (a?){50} a*a*a*a*b (?P<x>a+)+ (a{1,5})+ (?:(?:a|bb)c)+ "
    r"(a+)(?#x)+ (?:){1000000} (a*)\1* (\w+-?)* (?i:a+)+ (a|b|ab)*c"
)


@pytest.mark.parametrize("regex", [*REFUSED.split(), "a?" * 17, "(?x)(a+) +", "a" * 201, "(", "[a", "*"])
def test_regular_expressions_that_could_hang_are_refused(regex):
    with pytest.raises(ValueError, match="REGEX"):
        check_regex(regex)


ACCEPTED = (
    r"^[A-ZÇÄŽŇÖŞÜÝ]+$ \w+-\d+ (?:ow|owa|ew)$ a+?b (abc)+ [a+*(]+ \(+ x{2} (?:ow)?a "
    r"(?:(?:a|b)c)+ (\d{2}-)+ (a)(?(1)b|c) (?<=ab)c a{ {} []a]+ (?=a)b \+{1,2} a*a*a*b"
)


@pytest.mark.parametrize("regex", ACCEPTED.split())
def test_other_regular_expressions_end_soon(regex):
    check_regex(regex)
    start = time.process_time()
    re.search(regex, "a" * MAX_SEEN)
    assert time.process_time() - start < 1


# --- what a rule finds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ({"pattern": [{"LOWER": "ak"}, {"LOWER": "guş"}]}, "Portda Ak guş durýar.", ["Ak guş"]),
        ({"pattern": [{"IS_QUOTE": True}, {"OP": "{1,2}"}, {"IS_QUOTE": True}]}, "Ol «Ak guş» diýdi.", ["Ak guş"]),
        ({"pattern": [{"TEXT": {"REGEX": "^MS-[0-9]+"}}]}, "Soýuz MS-31-iň ekipažy", ["MS-31-iň"]),
        ({"pattern": [{"LENGTH": {">": 6}, "IS_TITLE": True}]}, "Ak Bagtyýar Nesil", ["Bagtyýar"]),
        ({"pattern": [{"LOWER": {"FUZZY1": "berkarar"}}]}, "Bercarar geldi", ["Bercarar"]),
        ({"pattern": [{"IS_TITLE": True}, {"LOWER": "we", "OP": "!"}]}, "Ak we Guş Gel", ["Guş Gel"]),
        # the longest one, and none inside it
        ({"pattern": [TITLES]}, "Ak Guş we Gök Derýa.", ["Ak Guş", "Gök Derýa"]),
        ({"pattern": [TITLES]}, "Ak Guş\nGök Derýa", ["Ak Guş", "Gök Derýa"]),  # never over the end of a line
        ({"pattern": [TITLES]}, "Ak   Guş", ["Ak   Guş"]),
        ({"pattern": [{"LOWER": "baýry"}]}, "", []),
        ({"pattern": [{}]}, " \n ", []),
    ],
)
def test_patterns(rule, text, expected):
    assert one(rule, text) == expected


@pytest.mark.parametrize(
    ("context", "text", "expected"),
    [
        ({"after": ["gämi"]}, "Ak Guş gämisi geldi, Gök Derýa gitdi.", ["Ak Guş"]),
        ({"after": ["gämi"]}, "«Ak Guş» GÄMILERINIŇ biri", ["Ak Guş"]),
        ({"after": ["gämi"]}, "Ak Guş, gämi geldi", []),
        ({"after": ["gämi"]}, "Ak Guş\n\ngämi geldi", []),
        ({"after": ["gämi"]}, "Ak Guş\nGämi geldi", []),
        ({"after": ["gämi"]}, "düýn Ak Guş\ngämisi geldi", ["Ak Guş"]),  # a wrapped line
        ({"after": ["gämi"]}, "Ak Guş gämili adam", []),  # another word
        ({"after": ["gämi"]}, "Ak Guş", []),
        ({"after": ["gämi", "ýük gämi"]}, "Ak Guş ýük gämisi, Gök Derýa howa gämisi", ["Ak Guş"]),
        ({"after": ["gämi"], "not_before": ["şäher"]}, "şäherinde Ak Guş gämisi", []),
        ({"after": ["gämi"], "not_after": ["gämi"]}, "Ak Guş gämisi", []),
        ({"before": ["kapitan"]}, "kapitany Ak Guş we kapitan «Gök Derýa» geldi", ["Ak Guş", "Gök Derýa"]),
        ({"before": ["baş kapitan"]}, "kapitany Ak Guş we baş kapitany Gök Derýa", ["Gök Derýa"]),
        ({"before": ["kapitan"], "after": ["gämi"]}, "kapitan Ak Guş, kapitan Gök Derýa gämisi", ["Gök Derýa"]),
        ({"not_before": ["kapitan"]}, "kapitan Ak Guş we Gök", ["Gök"]),  # not Guş either
        ({"not_after": ["ýük gämi"]}, "Ak ýük gämisi we Guş", ["Guş"]),
        ({"before": [{"LIST": "titles"}]}, "kapitana Ak Guş diýdi", ["Ak Guş"]),
        ({"after": [{"list": ["heads", "titles"]}]}, "Ak Guş ýük gämisinden", ["Ak Guş"]),
        ({"after": [{"LIST": "heads"}]}, "Ak Guş gämisinden", []),
    ],
)
def test_context(context, text, expected):
    lists = {"titles": ["kapitan"], "heads": ["ýük gämi", "parom"]}
    assert one({"pattern": [{"IS_TITLE": True, "OP": "+"}], **context}, text, **lists) == expected


@pytest.mark.parametrize(
    ("tokens", "text", "expected"),
    [
        ([{"BASE": "gämi"}], "Gämi, gämisiniň we GÄMILERE, gämili", ["Gämi", "gämisiniň", "GÄMILERE"]),
        ([{"BASE": "derýa"}], "derýanyň derýasyny deri", ["derýanyň", "derýasyny"]),
        ([{"BASE": "BMG"}], "BMG-nyň wekili, BMG-däki", ["BMG-nyň", "BMG-däki"]),
        ([{"BASE": "Türkiýe"}], "Türkiýäniň we Türkiýede", ["Türkiýäniň", "Türkiýede"]),
        ([TITLES, {"BASE": ["derýa", "deňiz"]}], "Ak deňizde we Gök Derýa", ["Ak deňizde", "Gök Derýa"]),
        ([{"LIST": "titles"}, {"IS_TITLE": True}], "kapitany Orhana, serkerde Çary", ["kapitany Orhana"]),
        ([{"LIST": {"NOT_IN": ["titles"]}, "IS_TITLE": True}], "Kapitan Orhan", ["Orhan"]),
        ([{"BASE": {"NOT_IN": ["Orhan"]}, "IS_TITLE": True}], "Kapitan Orhanyň", ["Kapitan"]),
        ([{"BASE": "gämi", "LIST": "titles"}], "gämi kapitan", []),
        ([{"BASE": "gämi", "ORTH": {"NOT_IN": ["gämiň"]}}], "gämiň gämide", ["gämide"]),
        ([{"BASE": "gämi", "IS_TITLE": True}], "gämide Gämide", ["Gämide"]),
    ],
)
def test_base_and_list(tokens, text, expected):
    assert one({"pattern": tokens}, text, titles=["kapitan"]) == expected


def test_names_in_a_context():
    nlp = make({"id": "mary", "label": "CITY", "pattern": "Mary", "after": ["şäher"], "not_before": ["welaýat"]})
    text = "Mary geldi. Mary şäherinde, welaýatda Mary şäheri."
    assert [(e.start, e.id, e.listed) for e in turkmen_ner.tag(text, nlp=nlp)] == [(12, "mary", True)]


def test_a_context_can_be_added_to_a_listed_name():
    first = {"patterns": [{"id": "mary", "label": "CITY", "pattern": "Mary"}]}
    more = {"patterns": [{"id": "mary", "not_after": ["welaýat"]}]}
    nlp = turkmen_ner.load(patterns=[first, more], shipped=False, infer=False)
    assert found(nlp, "Mary welaýatynda, Maryda") == ["Maryda CITY"]


def test_the_entity():
    nlp = make(
        {**SHIP, "kb": "imo:1"}, {"id": "kaspi", "label": "REGION", "pattern": [{"LOWER": "kaspi"}, {"BASE": "deňiz"}]}
    )
    ship, sea = turkmen_ner.tag("Ak Guşuň gämisi Kaspi deňzinde.", nlp=nlp)
    assert (ship.text, ship.name, ship.case, ship.listed) == ("Ak Guşuň", "Ak Guş", "Gen", False)
    assert (ship.source, ship.kb) == ("<patterns> entry 1 ship", "imo:1")
    assert ship.id != "ship"  # the rule finds many ships
    assert (sea.text, sea.case, sea.id) == ("Kaspi deňzinde", "Loc", "kaspi")  # this one spells out its name
    doc = nlp("Kaspi deňzinde")
    assert (doc.ents[0].ent_id_, doc.ents[0].label_) == ("kaspi", "REGION")


def test_source_names_file_and_line(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: SHIP\npatterns:\n  - id: x\n    pattern: [{IS_TITLE: true}]\n    after: [gämi]\n")
    nlp = turkmen_ner.load(patterns=[path], shipped=False, infer=False)
    assert [e.source for e in turkmen_ner.tag("Berkarar gämisi", nlp=nlp)] == ["my.yaml:3 x"]


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        # the longest, whether listed or matched
        ([city("Ak Guş Oba"), SHIP], "Ak Guş Oba gämisi", ["Ak Guş Oba SHIP"]),
        ([city("Ak Guş Oba"), {"label": "SHIP", "pattern": [{"LOWER": "guş"}]}], "Ak Guş Oba", ["Ak Guş Oba CITY"]),
        ([city("Guş"), SHIP], "Ak Guş gämisi", ["Ak Guş SHIP"]),
        # of equally long ones a rule with a context, then what is listed
        ([city("Ak Guş"), SHIP], "Ak Guş gämisi", ["Ak Guş SHIP"]),
        ([city("Ak Guş"), {"label": "SHIP", "pattern": [TITLES]}], "Ak Guş", ["Ak Guş CITY"]),
        ([{**city("Ak"), "maybe": True}, {"label": "SHIP", "pattern": [TITLES]}], "Ak", ["Ak SHIP"]),
        ([SHIP, {"label": "BODY", "pattern": [TITLES]}], "Ak gämisi Guş", ["Ak SHIP", "Guş BODY"]),
        # of two like rules the longer match, then the later rule
        ([SHIP, {**SHIP, "id": "b", "label": "BODY", "pattern": [{"IS_TITLE": True}]}], "Ak Guş gämi", ["Ak Guş SHIP"]),
        ([SHIP, {**SHIP, "id": "later", "label": "BODY"}], "Ak gämisi", ["Ak BODY"]),
    ],
)
def test_one_name_for_each_word(entries, text, expected):
    assert found(make(*entries), text) == expected


def test_a_match_confirms_the_listed_name_that_it_says():
    text = "Portda «Zarmygyň» gämisi durýar."
    ship = {"label": "SHIP", "id": "zarmyk", "pattern": "Zarmyk", "maybe": True}
    tagged = turkmen_ner.tag(text, nlp=make(SHIP, ship, infer=True, shipped=True))
    assert [(e.id, e.name, e.case, e.listed) for e in tagged] == [("zarmyk", "Zarmyk", "Gen", True)]
    tagged = turkmen_ner.tag(text, nlp=make(SHIP, city("Zarmyk"), infer=True, shipped=True))
    assert [(e.id, e.label, e.listed) for e in tagged] == [("doc.zarmyk", "SHIP", False)]


def test_a_part_of_a_matched_name_has_the_id_of_the_whole():
    text = "Portda «Zarmyk Torlan» paromy bar. Ertir Torlan ugrar."
    tagged = turkmen_ner.tag(text, nlp=make(infer=True, shipped=True))
    assert [(e.text, e.id) for e in tagged] == [
        ("Zarmyk Torlan", "doc.zarmyk-torlan"),
        ("Torlan", "doc.zarmyk-torlan"),
    ]


def test_candidates_give_way():
    text = "Duşuşyga Orhan Demirel gatnaşdy. Soňra Orhan Demirel gämä mündi."
    assert found(make(infer=True, shipped=True), text) == ["Orhan Demirel PERSON", "Orhan Demirel PERSON"]
    rule: Rule = {"id": "x", "label": "SHIP", "pattern": [{"LOWER": "demirel"}]}
    names = found(make(rule, infer=True, shipped=True), text)
    assert names.count("Demirel SHIP") == 2
    assert "Orhan Demirel PERSON" not in names


def test_a_match_speaks_for_the_other_mentions_of_the_name():
    text = "Portda «Zarmyk» gämisi durýar. Zarmyk ertir ugrar."
    rule: Rule = {**SHIP, "label": "YACHT"}
    assert found(make(rule, infer=True, shipped=True), text) == ["Zarmyk YACHT", "Zarmyk YACHT"]


# --- in every pipeline ---------------------------------------------------------------------------------------------

TEXT = "BMG-nyň  wekili «Ak Guş» gämisinde kapitany O. Demirele aýtdy:\nBerkararyň paromy Apollon-11 bilen geldi."
RULES: list[Rule] = [
    {**SHIP, "after": ["gämi", {"LIST": "heads"}]},
    {"id": "un", "label": "BODY", "pattern": [{"BASE": "BMG"}]},
    {"id": "apollo", "label": "SHIP", "pattern": [{"TEXT": {"REGEX": "^Apollon-[0-9]+$"}}]},
    {"id": "who", "label": "PERSON", "pattern": [{"SHAPE": "X."}, {"IS_TITLE": True}], "before": ["kapitan"]},
]
NAMES = ["BMG-nyň", "Ak Guş", "O. Demirele", "Berkararyň", "Apollon-11"]


@pytest.mark.parametrize("lang", ["tk", "xx", "tr", "en", "fr"])
def test_the_same_with_every_tokeniser(lang):
    nlp = spacy.blank(lang)
    document = {"patterns": RULES, "lists": {"heads": ["parom"]}}
    nlp.add_pipe("turkmen_ner", config={"patterns": [document], "shipped": False, "infer": False})
    assert [e.text for e in turkmen_ner.tag(TEXT, nlp=nlp)] == NAMES


def test_two_pipelines_side_by_side():
    one, two = make(SHIP), make({**SHIP, "label": "BODY", "after": ["kompaniýa"]})
    text = "Ak Guş gämisi, Gök Derýa kompaniýasy"
    for _ in range(2):
        assert found(one, text) == ["Ak Guş SHIP"]
        assert found(two, text) == ["Gök Derýa BODY"]
    assert found(make(), text) == []


@pytest.mark.parametrize("way", ["bytes", "disk", "pickle", "process"])
def test_round_trips(tmp_path, way):
    nlp = make(*RULES, lists={"heads": ["parom"]})
    again = spacy.blank("tk")
    again.add_pipe("turkmen_ner", config={"shipped": False, "infer": False})
    if way == "bytes":
        again.from_bytes(nlp.to_bytes())
    elif way == "disk":
        nlp.to_disk(tmp_path / "model")
        again = spacy.load(tmp_path / "model")
    elif way == "pickle":
        again = pickle.loads(pickle.dumps(nlp))
    else:
        docs = list(nlp.pipe([TEXT] * 4, n_process=2, batch_size=1))
        assert [[e.text for e in turkmen_ner.TaggedText(doc)] for doc in docs] == [NAMES] * 4
        return
    assert [e.text for e in turkmen_ner.tag(TEXT, nlp=again)] == NAMES
    assert [e.source for e in turkmen_ner.tag(TEXT, nlp=again)] == [e.source for e in turkmen_ner.tag(TEXT, nlp=nlp)]


def test_to_data_is_plain():
    gazetteer = compile(read([{"patterns": RULES, "lists": {"heads": ["parom"]}}]))
    data = gazetteer.to_data()
    again = Gazetteer.from_data(data)
    assert again.to_data() == data
    assert again.token_rules == gazetteer.token_rules
    assert again.contexts == gazetteer.contexts


@pytest.mark.parametrize("lang", ["tk", "en"])
def test_memory_zone(lang):
    nlp = spacy.blank(lang)
    fuzzy: Rule = {"label": "SHIP", "pattern": [{"LOWER": {"FUZZY": {"IN": ["bagtyýar"]}}}]}
    document = {"patterns": [*RULES, fuzzy], "lists": {"heads": ["parom"]}}
    nlp.add_pipe("turkmen_ner", config={"patterns": [document], "shipped": False, "infer": False})
    expected = [*NAMES, "Bagtyýär"]
    text = TEXT + " Bagtyýär hem."
    for zone in (False, True, True, False, True):
        for number in range(3):
            new = f"{text} Söz{number} Gowşak{number} gämisi."
            if zone:
                with nlp.memory_zone():
                    names = [e.text for e in nlp(new).ents]
            else:
                names = [e.text for e in nlp(new).ents]
            assert [n for n in names if "Gowşak" not in n] == (expected if lang == "tk" else names[:-1])
            assert names[-1] == f"Söz{number} Gowşak{number}"


@Language.component("test_token_rules_annotate")
def annotate(doc: Doc) -> Doc:
    for word in doc:
        word.pos_ = "PROPN" if word.is_title else "NOUN"
        word.lemma_ = word.lower_
    doc.set_ents([doc.char_span(0, 2, label="COLOUR")])
    return doc


@pytest.mark.parametrize("lang", ["tk", "en"])
def test_what_other_components_set(lang):
    nlp = spacy.blank(lang)
    nlp.add_pipe("test_token_rules_annotate")
    rules: list[Rule] = [
        {"label": "SHIP", "pattern": [{"POS": "PROPN"}, {"LEMMA": "guş"}]},
        {"label": "PAINT", "pattern": [{"ENT_TYPE": "COLOUR"}, {"POS": "NOUN"}]},
    ]
    nlp.add_pipe(
        "turkmen_ner", config={"patterns": rules, "shipped": False, "infer": False, "existing_ents": "replace"}
    )
    assert found(nlp, "Ak reňk, BMG-nyň Gök guş") == ["Ak reňk PAINT", "Gök guş SHIP"]


def test_an_attribute_that_nothing_sets_is_an_error():
    nlp = make({"id": "x", "label": "SHIP", "pattern": [{"POS": "PROPN"}]})
    with pytest.raises(
        ValueError, match=r"<patterns> entry 1: \(x\): found the token attribute POS that nothing has set"
    ):
        nlp("Ak guş")


# --- cost ----------------------------------------------------------------------------------------------------------


def test_the_matcher_runs_only_where_a_rule_can_match(monkeypatch):
    seen: list[str] = []
    view = TokenRules._view

    def spy(self, text, i, j, doc):
        seen.append(" ".join(w.text for w in text.words[i:j]))
        return view(self, text, i, j, doc)

    monkeypatch.setattr(TokenRules, "_view", spy)
    nlp = make(
        {"label": "SHIP", "pattern": [{"IS_TITLE": True}], "after": ["gämi"], "before": ["kapitan"]},
        {"label": "SHIP", "pattern": [{"BASE": "parom"}, {"LOWER": "ak"}]},
        {"label": "SHIP", "pattern": [{"LIST": "titles"}]},
        lists={"titles": ["mürze"]},
    )
    filler = "söz " * 100
    nlp(f"{filler} Berkarar gämisi {filler} paromlar {filler}")
    assert seen == []  # no kapitan, no ak, no mürze
    nlp(f"{filler} paromyň ak {filler}")
    assert [len(words.split()) for words in seen] == [11]


@pytest.mark.parametrize("word", ["Ak", "gämi", "a" * 5000])
def test_no_text_takes_without_end(word):
    nlp = make(
        {"label": "SHIP", "pattern": [{"IS_ALPHA": True, "OP": "+"}, {"OP": "*"}, {"OP": "+"}]},
        {"label": "SHIP", "pattern": [{"OP": "+"}], "after": ["gämi"]},
        {"label": "BODY", "pattern": [{"LOWER": {"REGEX": r"\w+\w+\w+!"}}]},
    )
    text = " ".join([word] * 300)
    start = time.process_time()
    names = turkmen_ner.tag(text, nlp=nlp)
    assert time.process_time() - start < 30
    assert names
    assert all(len(e.text.split()) <= MAX_TOKENS for e in names)


# --- what is shipped -----------------------------------------------------------------------------------------------


def test_shipped_rules_are_anchored():
    rules = TokenRules(spacy.blank("tk").vocab, turkmen_ner.api.component(turkmen_ner.load()).tagger.lexicon)
    assert shipped().token_rules
    assert not rules.free


def test_every_quotation_mark_of_spacy_is_looked_for():
    assert {sign for sign in map(chr, range(0x110000)) if is_quote(sign)} <= QUOTE_SIGNS


@pytest.mark.parametrize("marks", ["«»", "‘’", "''"])
def test_a_rule_with_quotation_marks_in_a_text_with_few(marks):
    left, right = marks
    rule = [{"IS_QUOTE": True}, {"IS_TITLE": True}, {"IS_QUOTE": True}, {"BASE": ["gämi"]}]
    nlp = turkmen_ner.load(patterns=[{"label": "SHIP", "id": "x", "pattern": rule}], shipped=False, infer=False)
    assert [e.text for e in nlp(f"Ol {left} Bagt {right} gämisinde işleýär.").ents] != []
    assert [e.text for e in nlp("Ol Bagt gämisinde işleýär.").ents] == []
