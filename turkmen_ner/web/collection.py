"""What a report knows of a corpus: its names as `count` counts them, with mentions in sentences, texts and dates.

Texts are read once, one after the other, and are not kept: memory grows with distinct names, with the sentences kept
for each, and by a number for each name of each text.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language

from turkmen_ner.corpus.counts import EntityCount, Key, counted, grouped, tally
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.tagged import TaggedText
from turkmen_ner.web.dates import date_in
from turkmen_ner.web.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention that is shown. document (int): Which text. start, end (int): Offsets into its sentence."""

    document: int
    sentence: str
    start: int
    end: int


@dataclass(slots=True)
class Name:
    """A name of the corpus. documents (array): The texts that have it. kb (str): Its outside id, or ""."""

    kb: str = ""
    documents: "array[int]" = field(default_factory=lambda: array("I"))
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class Corpus:
    """The names of a corpus, the most mentioned first. titles, dates (list): Of the texts, "" for no date."""

    counts: dict[Key, EntityCount]
    names: dict[Key, Name]
    titles: list[str]
    dates: list[str]

    @property
    def mentions(self) -> int:
        """All mentions of all names."""
        return sum(row.mentions for row in self.counts.values())


def collect(found: Iterable[tuple[str, str, TaggedText]], *, nlp: Language, most: int) -> Corpus:
    """Read a corpus.

    found (iterable): Of each text its title, its date as it is written or "", and the text with its names.
    nlp (Language): The pipeline that found them. most (int): Mentions that are kept of a name, the first ones.
    """
    names: dict[Key, Name] = {}
    titles: list[str] = []
    dates: list[str] = []

    def watched() -> Iterator[TaggedText]:
        for title, written, tagged in found:
            document = len(titles)
            titles.append(encodable(title))
            dates.append(date_in(written))
            _note(names, document, tagged, most)
            yield tagged

    counts = counted(tally(watched()), nlp)
    return Corpus(counts, names, titles, dates)


def _note(names: dict[Key, Name], document: int, tagged: TaggedText, most: int) -> None:
    """Remember where a text has its names, and in which sentences."""
    sentences: Sentences | None = None
    kept: dict[tuple[int, int], str] = {}  # names of one sentence share it
    for key, group in grouped(tagged).items():
        name = names.setdefault(key, Name())
        name.documents.append(document)
        name.kb = name.kb or next((e.kb for e in group if e.kb), "")
        for entity in group[: most - len(name.mentions)]:
            sentences = sentences or Sentences(tagged.text, tagged)
            place = sentences.around(entity.start, entity.end)
            sentence = kept.setdefault(place, encodable(tagged.text[slice(*place)]))
            name.mentions.append(Mention(document, sentence, entity.start - place[0], entity.end - place[0]))


def together(corpus: Corpus, keys: Iterable[Key]) -> Counter[tuple[int, int]]:
    """In how many texts two names appear, by their places among the keys, the lower one first."""
    by_document: dict[int, list[int]] = {}
    for place, key in enumerate(keys):
        for document in corpus.names[key].documents:
            by_document.setdefault(document, []).append(place)
    pairs: Counter[tuple[int, int]] = Counter()
    for places in by_document.values():
        for k, one in enumerate(places):
            pairs.update((one, other) for other in places[k + 1 :])
    return pairs
