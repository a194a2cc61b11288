"""Names that are not to be found: of entries that were removed, and of those with the label NONE."""

import pytest
import spacy

from turkmen_ner.patterns.reader import Source
from turkmen_ner.patterns.shipped import gazetteer
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.token_rules import TokenRules

GONE = {"remove": ["tdh"]}
NORGIL = {"label": "CITY", "id": "norgil", "pattern": "Norgil", "aliases": ["Norgil Beýik"]}
NO_NORGIL = {"patterns": [NORGIL]}, {"remove": ["norgil"]}
OF_NONE = {"label": "NONE", "id": "stop", "pattern": "Norgil"}


def found(own: list[Source], text: str, **settings: bool) -> list[tuple[str, str]]:
    """Surface and label of every name."""
    tagger = Tagger(gazetteer(own, use_shipped=True), **settings)
    rules = TokenRules(spacy.blank("tk").vocab, tagger.lexicon)
    cut, mentions = tagger.mentions(text, rules.find if rules else None)
    return [(text[slice(*cut.span(m.i, m.j))], m.label) for m in mentions if m.label]


# what · the patterns · the text · what is found
ROWS = [
    ("a shipped entry", [GONE], "Bu barada TDH habar berdi.", []),
    ("in every form", [GONE], "TDH-nyň, TDH-da, «TDH» we TDH-dan.", []),
    ("the rest stays", [GONE], "TDH BMG-de.", [("BMG-de", "BODY")]),
    ("its aliases", [GONE], "Bu barada Döwlet habarlar agentliginden habar berildi.", []),
    ("capitals throughout", [GONE], "TDH-NYŇ ÝAZMAGYNA GÖRÄ ADAMLAR GELDI", []),
    ("a user's own", [*NO_NORGIL], "Ol Norgilde, Norgil Beýige, Norgil şäherine bardy.", []),
    ("listed anew by id", [*NO_NORGIL, {"id": "norgil", "label": "BODY", "pattern": "Norgil"}], "Norgil geldi, "
     "Torwin geldi.", [("Norgil", "BODY"), ("Torwin", "PERSON")]),
    ("listed by another", [*NO_NORGIL, {"label": "PERSON", "pattern": "Norgil"}], "Norgil geldi.",
     [("Norgil", "PERSON")]),
    ("another shipped one", [{"remove": ["mary"]}], "Ol Mary welaýatynda, Mary şäherinde boldy.", [("Mary", "REGION")]),
    ("another one that it is not here", [{"remove": ["balkan-region"]}], "Ol Balkan welaýatynda boldy.", []),
    ("a longer listed name", [*NO_NORGIL, {"label": "BODY", "pattern": "Norgil Gurluşyk"}], "Norgil Gurluşyk geldi.",
     [("Norgil Gurluşyk", "BODY")]),
    ("a longer name on no list", [*NO_NORGIL], "Ol Norgil Seýidowy, Norgil döwlet uniwersitetini gördi.",
     [("Norgil Seýidowy", "PERSON"), ("Norgil döwlet uniwersitetini", "BODY")]),
    ("a replaced entry is not removed", [{"patterns": [NORGIL]}, {**NORGIL, "pattern": "Torwin", "aliases": []}],
     "Ol Norgil şäherinde boldy.", [("Norgil", "CITY")]),
    ("an alias that a user had added", [{"id": "tdh", "aliases": ["Norgil"]}, GONE], "Norgil geldi, Norgiliň özi.", []),
    ("a token rule over it", [*NO_NORGIL, {"label": "SHIP", "pattern": [{"IS_TITLE": True}], "after": ["gämi"]}],
     "Norgil gämisi, Torwin gämisi.", [("Torwin", "SHIP")]),
    ("an entry of a token rule", [{"id": "x", "label": "SHIP", "pattern": [{"LOWER": "norgil"}]}, {"remove": ["x"]}],
     "Ol Norgil şäherinde boldy.", [("Norgil", "CITY")]),
    ("NONE on no list", [OF_NONE], "Ol Norgil şäherine, Norgilden Torwin şäherine bardy.", [("Torwin", "CITY")]),
    ("NONE over a listed name", [{"label": "NONE", "pattern": "Balkan"}], "Ol Balkan welaýatynda, Aşgabatda boldy.",
     [("Aşgabatda", "CITY")]),
    ("NONE over one listed later", [OF_NONE, NORGIL], "Ol Norgilde, Norgil Beýikde boldy.",
     [("Norgil Beýikde", "CITY")]),
    ("NONE and a longer name", [OF_NONE], "Ol Norgil Seýidowy gördi.", [("Norgil Seýidowy", "PERSON")]),
    ("what stands within NONE", [{"label": "NONE", "pattern": "Aşgabat gijeleri"}],
     "«Aşgabat gijelerini» okady. Aşgabatda.", [("Aşgabatda", "CITY")]),
    ("what stands within a removed name", [{"id": "x", "label": "BODY", "pattern": "Aşgabat gijeleri"},
     {"remove": ["x"]}], "Ol «Aşgabat gijelerini» okady.", [("Aşgabat", "CITY")]),
    ("NONE of small letters", [{"label": "NONE", "pattern": "täze norgil"}], "Ol täze Norgilde boldy. Norgil şäheri.",
     [("Norgil", "CITY")]),
    ("NONE in a context", [{**OF_NONE, "after": ["köçe"]}], "Norgil köçesi. Norgil şäheri.", [("Norgil", "CITY")]),
    ("NONE as a token rule", [{"label": "NONE", "pattern": [{"ORTH": "Norgil"}], "before": ["täze"]}],
     "Olar täze Norgil şäherini, Norgil şäherini gördüler.", [("Norgil", "CITY")]),
    ("NONE as a token rule without a context", [{"label": "NONE", "pattern": [{"LOWER": "bengazide"}]}],
     "Ol Bengazide boldy. Bengaziniň porty.", [("Bengaziniň", "CITY")]),
    ("NONE as a token rule and one listed later", [{"label": "NONE", "pattern": [{"LOWER": "norgil"}]}, NORGIL],
     "Norgil geldi. Norgil Beýik geldi.", [("Norgil Beýik", "CITY")]),
    ("NONE as a token rule over another", [{"label": "NONE", "pattern": [{"LOWER": "norgil"}]},
     {"label": "SHIP", "pattern": [{"LOWER": "norgil"}], "after": ["gämi"]}], "Norgil gämisi geldi.", []),
    ("NONE as a token rule and a longer name on no list", [{"label": "NONE", "pattern": [{"LOWER": "norgil"}]}],
     "Ol Norgil Seýidowy gördi.", [("Norgil Seýidowy", "PERSON")]),
    ("NONE that was removed", [OF_NONE, {"remove": ["stop"]}], "Norgil şäheri.", [("Norgil", "CITY")]),
    ("NONE that was replaced", [{"patterns": [OF_NONE]}, {**NORGIL, "id": "stop"}], "Norgil geldi.",
     [("Norgil", "CITY")]),
    ("an entry made NONE", [{"id": "tdh", "label": "NONE", "pattern": "TDH"}], "TDH habar berdi.", []),
]  # fmt: skip


@pytest.mark.parametrize(("own", "text", "names"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("layers", ["one reading", "one over the other"])
def test_stops(own, text, names, layers, tmp_path):
    if layers != "one reading":  # a compiled file for each
        from turkmen_ner.gazetteer.serialization import write_compiled
        from turkmen_ner.patterns.loader import load
        from turkmen_ner.patterns.shipped import shipped

        below, files = shipped(), []
        for number, source in enumerate(own):
            below, overlays = load([source], below)
            files.append(tmp_path / f"{number}.msgpack")
            write_compiled(files[-1], overlays)
        own = files
    assert found(own, text) == names


def test_without_diacritics():
    own = [{"label": "NONE", "pattern": "Çärjew"}]
    assert found(own, "Ol Carjewde boldy.") != []
    assert found(own, "Ol Carjewde boldy.", lenient=True) == []


def test_listed_names_alone():
    assert found([{"label": "NONE", "pattern": "TDH"}], "TDH, BMG.", infer=False) == [("BMG", "BODY")]


def test_nothing_is_made_of_what_is_not_used():
    names = gazetteer([NORGIL], use_shipped=True)
    assert names.stops is None
    assert "NONE" not in gazetteer([OF_NONE], use_shipped=True).labels
