"""Given names of the lists in sentences of ours: what a reader types first.

    python benchmarks/frames.py [--every N] [--write]

Every given name of patterns/lists/given-names-turkmen.txt (every Nth with --every) is put into each frame. A frame
says what must be found: `{}` the name as a person, `[Moskwada|CITY]` another name. Frames of words hold the name where
it is a plain word, and nothing must be found. Names that the dictionary knows as words are counted apart.
"""

import argparse
from collections import Counter

from report import ROOT, stamp, table, write

from turkmen_ner import tag_many
from turkmen_ner.corpus.bracket_notation import parse
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.patterns.word_list import read_list

NAMES = ROOT / "patterns" / "lists" / "given-names-turkmen.txt"
# kind -> frames; {gen}, {dat}, {acc} are forms of the name
FRAMES = {
    "before aga, daýza, eje, jan": ["[{}|PERSON] aga geldi.", "Ol [{}|PERSON] daýza bilen gürleşdi.", "[{}|PERSON] jan, gel!"],
    "after adym, ady": ["Meniň adym [{}|PERSON].", "Oglunyň ady [{}|PERSON] bolsun."],
    "called": ["Salam, [{}|PERSON]! Ertir gelerin.", "— [{}|PERSON], gel! — diýip, ejesi gygyrdy."],
    "in a list": ["Toýa [{}|PERSON], [Orazgeldi|PERSON] we [Ogulgerek|PERSON] geldi."],
    "inside a sentence": ["Düýn [{}|PERSON] geldi.", "Men [{acc}|PERSON] gördüm.", "Kitaby [{dat}|PERSON] berdim."],
    "owner": ["Bu [{gen}|PERSON] kitaby."],
    "before a place": ["[{}|PERSON] [Moskwada|CITY] okaýar.", "Düýn [{}|PERSON] [Marydan|CITY] geldi."],
    "before a region": ["[{}|PERSON] [Ahal|REGION] welaýatynda ýaşaýar.", "Dostum [{}|PERSON] [Balkana|REGION] gitdi."],
    "before a body": ["[{}|PERSON] [Türkmengazda|BODY] işleýär.", "Düýn [{}|PERSON] [BMG-de|BODY] çykyş etdi."],
    "after kin and friends": ["Kakam [{}|PERSON] geldi.", "Dostum [{}|PERSON] öýde ýok."],
    "full name": ["[{} Orazow|PERSON] geldi.", "[Orazow {} Myradowiç|PERSON] saýlandy.", "Direktor [{} Orazowa|PERSON] aýtdy."],
    "with a rank": ["[{} han|PERSON] goşun ýygnady.", "Şol döwürde [{} beg|PERSON] ýaşapdyr."],
    "headline in capitals": ["[{upper} ORAZOW|PERSON] TÄZE MEKDEP AÇDY"],
    "line wrapped": ["Düýn bu ýere [{}\nOrazow|PERSON] geldi."],
}
WORDS = {
    "word, small letters": ["Bu söz {lower} diýen sözdür.", "Olar {lower} hakda gürleşdiler."],
    "word, first in a sentence": ["{} adamlar geldi.", "{} zat tapylmady."],
}


def forms(name: str) -> dict[str, str]:
    """The forms that frames ask for."""
    cases = {key: inflect(name, case=case) for key, case in (("gen", "Gen"), ("dat", "Dat"), ("acc", "Acc"))}
    return cases | {"upper": name.upper(), "lower": name[0].lower() + name[1:]}


def main() -> None:
    """Tag all frames and print the shares."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--every", type=int, default=1, help="take every Nth name (1)")
    args.add_argument("--write", action="store_true", help="write the table into docs/quality.md")
    args.add_argument("--show", help="print the names that fail in this kind of frame")
    options = args.parse_args()
    words = [word for word, _ in read_list(NAMES.read_text("utf8"), "given-names").words][:: options.every]
    rows = []
    for word in words:
        common = is_common(fold(word))
        for kind, frames in FRAMES.items():
            rows += [(kind, common, word, parse(frame.format(word, **forms(word)))) for frame in frames]
        for kind, frames in WORDS.items() if common else ():
            rows += [(kind, common, word, parse(frame.format(word, **forms(word)))) for frame in frames]
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for (kind, common, word, wanted), found in zip(rows, tag_many([row[3].text for row in rows]), strict=True):
        total[kind, common] += 1
        expected = sorted((m.start, m.end, m.label) for m in wanted.names)
        if sorted((e.start, e.end, e.label) for e in found) == expected:
            right[kind, common] += 1
        elif options.show and kind.startswith(options.show):
            print(word, "|", found.text, "|", [(e.text, e.label) for e in found])
    content = table(
        ["frame", "names that are words", "others"],
        [
            [kind, *(f"{right[kind, c] / total[kind, c]:.3f} of {total[kind, c]:,}" if total[kind, c] else "" for c in (True, False))]
            for kind in (*FRAMES, *WORDS)
        ],
    )
    content += f"\n\n{stamp('frames.py --write')}"
    print(content)
    if options.write:
        write(ROOT / "docs" / "quality.md", "frames", content)


if __name__ == "__main__":
    main()
