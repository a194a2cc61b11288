"""CoNLL."""

import pytest
from tagged_texts import MARY, SENTENCES, bare

from turkmen_ner import Entity, TaggedText, formats, tag


def test_conll():
    text = "  «Berkarar» Mara\n\nbardy.\tOl Mary, Aşgabat gördi. 5 adam\u00a0bar.\nHawa\n"
    marked = [
        MARY.__class__(text[s:e], label, s, e) for s, e, label in [(3, 11, "SHIP"), (29, 33, "CITY"), (35, 42, "CITY")]
    ]
    assert TaggedText.of(text, marked).to_conll() == (
        r"""-DOCSTART- -X- SpacesBefore=\s\s O

« 2:3 SpaceAfter=No O
Berkarar 3:11 SpaceAfter=No B-SHIP
» 11:12 _ O
Mara 13:17 SpacesAfter=\n\n O

bardy 19:24 SpaceAfter=No O
. 24:25 SpacesAfter=\t O

Ol 26:28 _ O
Mary 29:33 SpaceAfter=No B-CITY
, 33:34 _ O
Aşgabat 35:42 _ B-CITY
gördi 43:48 SpaceAfter=No O
. 48:49 _ O

5 50:51 _ O
adam 52:56 SpacesAfter=\u00a0 O
bar 57:60 SpaceAfter=No O
. 60:61 SpacesAfter=\n O

Hawa 62:66 SpacesAfter=\n O

"""
    )


def test_conll_of_neighbours_and_words_cut_by_an_entity():
    tagged = TaggedText.of(
        "Moskwa-Berlin", [Entity("Mosk", "A", 0, 4), Entity("wa-", "A", 4, 7), Entity("Berlin", "B", 7, 13)]
    )
    rows = [line.split() for line in tagged.to_conll().splitlines()[2:-1]]
    assert [(row[0], row[3]) for row in rows] == [("Mosk", "B-A"), ("wa", "B-A"), ("-", "I-A"), ("Berlin", "B-B")]


def test_spacy_reads_our_conll():
    from spacy.training.converters import conll_ner_to_docs

    tagged = tag(" ".join(SENTENCES).replace("«", "").replace("»", ""))
    docs = list(conll_ner_to_docs(tagged.to_conll(), n_sents=0, no_print=True))
    found = [("".join(ent.text.split()), ent.label_) for doc in docs for ent in doc.ents]
    assert found == [("".join(e.text.split()), e.label) for e in tagged]
    assert len(found) >= 6


def test_conll_of_others():
    start = ["-DOCSTART- -X- O O", ""]
    words = ["EU NNP I-NP I-ORG", "Berlin NNP I-NP I-LOC", "Mary NNP I-NP B-LOC", "", "Ol\tO", ""]
    lines = [*start, *words, *start, "Mary I-LOC", ""]
    first, second = formats.read_conll(lines)
    assert first.text == "EU Berlin Mary\nOl"
    assert bare(first) == [(0, 2, "ORG"), (3, 9, "LOC"), (10, 14, "LOC")]
    assert (second.text, bare(second)) == ("Mary", [(0, 4, "LOC")])
    assert list(formats.read_conll([])) == []


@pytest.mark.parametrize(
    "properties",
    ["Word=", "Word=Tejen", "Word=Mar", "Features=Case", "Listed=Maybe"],
)
def test_properties_that_do_not_fit(properties):
    place = "3:6" if properties == "Word=Mar" else "3:7"
    lines = ["-DOCSTART- -X- _ O", "", "Ol 0:2 _ O", f"Mara {place} {properties} B-CITY"]
    with pytest.raises(ValueError, match=f"^line 4: found {properties.partition('=')[0]}="):
        list(formats.read_conll(lines))
