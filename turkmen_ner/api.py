"""The public functions: tag, tag_many, load, explain."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import length_hint
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language

from turkmen_ner.morphology import analysis
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.patterns.shipped import shipped_bases
from turkmen_ner.patterns.validators import plain
from turkmen_ner.pipeline.batches import tagged, tagged_one
from turkmen_ner.pipeline.component import TurkmenNer
from turkmen_ner.tagged import TaggedText

if TYPE_CHECKING:
    from turkmen_ner.morphology.analysis import Analysis
    from turkmen_ner.patterns.reader import Source
    from turkmen_ner.recognition.explanation import Explanation


UNLIMITED = 2**40  # characters; spaCy's limit is for parsers, which need memory by length


def load(
    *,
    patterns: "Sequence[Source]" = (),
    shipped: bool = True,
    infer: bool = True,
    labels: str = "turkmen",
    spelling: str = "strict",
    min_score: float = 0.0,
) -> Language:
    """A spaCy pipeline for Turkmen with the component `turkmen_ner`.

    patterns (list): Paths of YAML files, lists, JSONL of an EntityRuler, folders or compiled files
        (`compile_patterns`), and entries as dicts; they add to, override or remove what is shipped.
    shipped (bool): Start from the patterns of the library; False starts from nothing.
    infer (bool): Also find names on no list; False gives listed names only.
    labels (str): Label scheme: turkmen, ontonotes or conll.
    spelling (str): strict; or lenient, to find listed names in text typed without diacritics, too: Turkmenistanyn.
    min_score (float): Only names that are at least so sure, 0 to 1, see `Entity.score`; 0 gives all that is found.
    RETURNS (Language): For `tag(text, nlp=nlp)`, `nlp(text)` and `nlp.pipe(texts)`.
    RAISES (PatternError): If a pattern is wrong: file, line, entry, value and what was expected.
        (TypeError): If patterns is no list of paths and mappings. (ValueError): For an unknown label scheme or another
        score.

    >>> nlp = load(patterns=[{"label": "CITY", "id": "x", "pattern": "Ankara"}], shipped=False)
    >>> [(e.text, e.name, e.case) for e in tag("Wekiliýet Ankaradan geldi.", nlp=nlp)]
    [('Ankaradan', 'Ankara', 'Abl')]
    """
    if isinstance(patterns, (str, Mapping, PathLike)) or not isinstance(patterns, Iterable):
        raise TypeError(
            f"patterns must be a list of paths or mappings, not {type(patterns).__name__}: {patterns!r:.60}"
        )
    nlp = spacy.blank("tk")
    nlp.max_length = UNLIMITED
    sources = list(patterns)
    try:
        held = _Sources(map(_plain, sources))
        config = {"patterns": held, "shipped": shipped, "infer": infer, "labels": labels, "spelling": spelling}
        nlp.add_pipe("turkmen_ner", config=config | {"min_score": min_score})
    except ValueError as error:
        from turkmen_ner.errors import PatternError
        from turkmen_ner.patterns.reader import read

        if not isinstance(error, PatternError):
            read(sources)  # what a spaCy config cannot hold is wrong in a pattern, too; this says where
        raise
    _ = component(nlp).tagger  # a file that is not there is an error here, not at first use
    return nlp


class _Sources(list[Any]):
    """Sources in a spaCy config, which copies itself nine times for a component: a million entries once would do."""

    def __deepcopy__(self, memo: Any) -> "_Sources":
        return self


def _plain(source: Any) -> Any:
    """A source in types that a spaCy config can hold."""
    if isinstance(source, Mapping):
        return plain(source)
    if isinstance(source, (str, PathLike)):
        return fspath(source)
    raise TypeError(f"patterns must hold paths or mappings, not {type(source).__name__}: {source!r:.60}")


@lru_cache(maxsize=1)
def _default() -> Language:
    return load()


def _check(text: Any, what: str = "tag()") -> str:
    if not isinstance(text, str):
        raise TypeError(f"{what} takes a text as a str, not {type(text).__name__}: {text!r:.60}")
    return text if type(text) is str else str.__str__(text)  # spaCy refuses numpy's strings


def tag(text: str, *, nlp: Language | None = None) -> TaggedText:
    """Find the named entities of a text.

    text (str): Turkmen text of any length.
    nlp (Language): A pipeline with the component; the default is `load()`, made once.
    RETURNS (TaggedText): A sequence of Entity, in order and without overlaps.
    RAISES (TypeError): If text is not a string. (ValueError): If the tokeniser of nlp changes the text.

    Memory does not grow with the number of calls: once the vocabulary has 100,000 words, what a text adds to it is
    forgotten, and `.doc` is made when it is asked for. It has U+FFFD where the text has a lone surrogate, which spaCy
    cannot encode.

    >>> found = tag("Bu barada Milli Goranmak ministrliginden habar berildi.")
    >>> found[0].text, found[0].name, found[0].case
    ('Milli Goranmak ministrliginden', 'Milli Goranmak ministrligi', 'Abl')
    """
    text = _check(text)
    nlp = nlp or _default()
    return tagged_one(nlp, text)


def tag_many(
    texts: Iterable[str],
    *,
    n_process: int = 1,
    batch_size: int = 256,
    progress: bool = False,
    nlp: Language | None = None,
) -> Iterator[TaggedText]:
    """Find the named entities of many texts, in order.

    texts (iterable of str): The texts; may be a generator. n_process (int): Worker processes; -1, one per core.
    batch_size (int): Texts tagged, or handed to a worker, at once. progress (bool): Show a progress bar on standard
        error.
    YIELDS (TaggedText): One for each text. Memory does not grow with their number: `.doc` is made when it is asked for.
    RAISES (TypeError): If one is not a string, or texts is one string. (ValueError): If a number is too small.

    >>> [len(t) for t in tag_many(["Aşgabada bardy.", "", "Ol Türkiýede."])]
    [1, 0, 1]
    """
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(f"tag_many() takes texts as a list or generator, not {type(texts).__name__}: {texts!r:.60}")
    if batch_size < 1 or n_process == 0 or n_process < -1:
        raise ValueError(f"expected batch_size from 1 and n_process from 1 or -1, not {batch_size} and {n_process}")
    checked = (_check(text, "tag_many()") for text in texts)
    found = tagged(nlp or _default(), checked, batch_size, n_process)
    if not progress:
        return found
    from tqdm import tqdm

    return iter(tqdm(found, total=length_hint(texts) or None, unit="text"))


def component(nlp: Language) -> TurkmenNer:
    """The component of a pipeline. RAISES (ValueError): If it has none."""
    found = next((pipe for _, pipe in nlp.pipeline if isinstance(pipe, TurkmenNer)), None)
    if found is None:
        raise ValueError(f"the pipeline has no turkmen_ner component, only {', '.join(nlp.pipe_names) or 'nothing'}")
    return found


def analyse(word: str, *, known: Container[str] | None = None, spelling: str = "strict") -> "list[Analysis]":
    """All analyses of a written word as an inflected name, best first.

    word (str): One word as written, in any spelling that the library knows.
    known (container of str): Base forms that rank first, folded as the word is. Default: the names shipped with the
        library.
    spelling (str): strict, or lenient for a word typed without the diacritics of Turkmen.
    RETURNS (list of Analysis): At least one, the word as its own base form.
    RAISES (TypeError): If word is not a string. (ValueError): If it is empty or more than one word, or for another
        spelling.

    >>> analyse("Bengazide")[0]
    Analysis(name='Bengazi', features={'Case': 'Loc'}, suffixes=('de',), derived=False)
    """
    if known is None:
        known = shipped_bases(lenient=spelling == "lenient")
    return analysis.analyse(word, known=known, spelling=spelling)


def explain(text: str, *, nlp: Language | None = None) -> "Explanation":
    """Why each name of a text was found, and what was considered and rejected.

    text (str): Turkmen text. nlp (Language): A pipeline with the component; the default is `load()`, made once.
    RETURNS (Explanation): A sequence of Decision; `str()` of it is a report. A lone surrogate of the text is U+FFFD.
    RAISES (TypeError): If text is not a string. (ValueError): If the pipeline has no such component.

    >>> [(d.text, d.label, d.source) for d in explain("Toýa Rahym hem geldi.").found]
    [('Rahym', 'PERSON', 'person.given-name')]
    """
    from turkmen_ner.recognition.explanation import explain_text

    return explain_text(component(nlp or _default()).tagger, encodable(_check(text, "explain()")))
