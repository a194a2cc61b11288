"""Are pattern files well made? The command `turkmen-ner check`, for the authors of names and rules.

The reader refuses what it cannot read. The checks here find what can be read and is still wrong: a form that
means two things, a Cyrillic letter in a Latin name, a rule whose sentences do not hold. One function a check: CHECKS.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import spacy

from turkmen_ner.corpus import bracket_notation as notation
from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.entry import EXACT, MAYBE, NONE, NameForm
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.orthography.alphabet import INVISIBLE, LETTERS, fold
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.files import files_of
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import Reader, near_label
from turkmen_ner.patterns.schema import Entry, EvidenceRule, Form, PatternFile
from turkmen_ner.patterns.shipped import patterns_folder
from turkmen_ner.patterns.token_patterns import ANNOTATED
from turkmen_ner.patterns.word_list import WordList, read_head
from turkmen_ner.patterns.yaml_reader import line_of
from turkmen_ner.recognition.evidence import PLACES, SHAPES
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.token_rules import TokenRules


@dataclass(frozen=True)
class File:
    """A pattern file as read. checked: whether its problems are reported, or it only stands behind the others."""

    name: str
    text: str
    checked: bool = True
    document: Mapping[str, Any] = field(default_factory=dict)  # YAML as read, with lines
    patterns: PatternFile | None = None
    words: WordList | None = None

    @property
    def ours(self) -> bool:
        """Whether it is one of the library."""
        return patterns_folder().resolve() in Path(self.name).resolve().parents

    def problem(self, line: int, entry: str, what: str, advice: str = "", *, error: bool = True) -> Problem:
        """A problem in this file. entry (str): Id, form or key. advice (str): What to try."""
        return Problem(self.name, line, entry, what, advice, severity="error" if error else "warning")


@dataclass(frozen=True)
class Row:
    """One form of an entry: where it stands and what it belongs to.

    bound: the entry names what must or must not stand around it. decided: `maybe` was written out.
    """

    file: File
    line: int
    id: str
    label: str
    form: Form
    bound: bool
    decided: bool
    key: str

    @property
    def sure(self) -> bool:
        """Whether the form is the name wherever it stands."""
        return not self.form.maybe and not self.bound and self.label != NONE

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file.name}:{self.line}"

    def problem(self, what: str, advice: str = "", *, error: bool = True) -> Problem:
        """A problem of this form."""
        shown = f"{self.id} ({self.form.pattern})" if self.id else self.form.pattern
        return self.file.problem(self.line, shown, what, advice, error=error)


@dataclass
class Material:
    """All that is checked, together with what stands behind it."""

    files: list[File]
    patterns: Patterns

    @cached_property
    def checked(self) -> list[File]:
        """The files whose problems are reported."""
        return [file for file in self.files if file.checked]

    @cached_property
    def rows(self) -> list[Row]:
        """All forms of all entries that are still there, not those of token rules."""
        ids = {entry.source: entry.id or "" for entry in self.patterns.entries.values()}
        return [row for file in self.files for row in _rows(file, ids, self.patterns)]

    @cached_property
    def by_key(self) -> dict[str, list[Row]]:
        """The rows that the library cannot tell apart."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.key].append(row)
        return found

    @cached_property
    def tagger(self) -> Tagger:
        """The pipeline of all patterns."""
        return Tagger(compile(self.patterns))

    @cached_property
    def token_rules(self) -> TokenRules:
        """The token rules of all patterns."""
        return TokenRules(spacy.blank("tk").vocab, self.tagger.lexicon)

    def mentions(self, text: str) -> tuple[Text, list[Mention]]:
        """The text as words, and what the pipeline found and rejected."""
        return self.tagger.mentions(text, self.token_rules.find if self.token_rules else None)


def _rows(file: File, ids: Mapping[str, str], patterns: Patterns) -> Iterator[Row]:
    if file.patterns is not None:
        for entry, node in zip(file.patterns.patterns, file.document.get("patterns", ()), strict=True):
            id_ = entry.id or ids.get(entry.source, "")
            known = patterns.entries.get(id_)
            if known is None or (entry.pattern is not None and known.source != entry.source):
                continue  # removed, or replaced by a later file
            nodes: list[Any] = [(node, [])] if isinstance(entry.pattern, str) else []
            nodes += [(alias, ["aliases", n]) for n, alias in enumerate(node.get("aliases", ()))]
            for form, (place, path) in zip(_forms(entry), nodes, strict=True):
                decided = isinstance(place, Mapping) and "maybe" in place
                key = " ".join(key_words(form.pattern))
                yield Row(file, line_of(node, path), id_, known.label or "", form, bool(known.context), decided, key)
    elif file.words is not None and file.words.label is not None:
        for (word, line), remark in zip(file.words.words, file.words.remarks, strict=True):
            form = Form.model_construct(pattern=word, note=remark or None)
            yield Row(file, line, "", file.words.label, form, False, bool(remark), " ".join(key_words(word)))


def _forms(entry: Entry) -> list[Form]:
    return [form for form in entry.forms() if isinstance(form.pattern, str)]


# --- reading -------------------------------------------------------------------------------------------------------


def check(paths: Iterable[str | Path] = (), *, shipped: bool = True) -> list[Problem]:
    """Check pattern files.

    paths (list): YAML files, lists, JSONL or folders; none for the patterns that come with the library.
    shipped (bool): Read the shipped patterns before them, as a pipeline does, without reporting on them.
    RETURNS (list of Problem): In the order of files and lines; empty when all is well.
    """
    given = [Path(path) for path in paths] or [patterns_folder()]
    reader = Reader()
    found: list[Path] = []
    for path in given:
        try:
            found += files_of(path)
        except PatternError as error:
            reader.refuse(error)
    own = {file.resolve() for file in found}
    behind = files_of(patterns_folder()) if shipped else []
    files = [_read(reader, file, file.name, checked=False) for file in behind if file.resolve() not in own]
    files += [_read(reader, file, str(file), checked=True) for file in found]
    for problem in reader.unknown_lists():  # without such entries the others can be tried
        reader.problems.append(problem)
        reader.patterns.entries.pop(problem.entry, None)
    problems = [replace(problem, severity="error") for problem in (*reader.problems, *reader.unasked())]
    reported = {(problem.file, problem.line) for problem in problems}
    material = Material([file for file in files if file is not None], reader.patterns)
    for look in CHECKS:
        problems += [problem for problem in look(material) if (problem.file, problem.line) not in reported]
    order = {str(file): number for number, file in enumerate(found)}
    return sorted(dict.fromkeys(problems), key=lambda p: (order.get(p.file, -1), p.line))


def _read(reader: Reader, path: Path, name: str, *, checked: bool) -> File | None:
    """A file; None when it is refused."""
    before = len(reader.problems)
    content = reader.file(path, name)
    if content is None or len(reader.problems) > before:
        if not checked:
            del reader.problems[before:]
        return None
    return File(name, content.text, checked, content.document or {}, content.patterns, content.words)


Rule = EvidenceRule | Entry

# --- checks --------------------------------------------------------------------------------------------------------

HEAD = ("about", "source", "licence", "date", "count")


def heads(material: Material) -> Iterator[Problem]:
    """Every file begins by saying what it is, where from, under which licence, when, and how many; yours may."""
    for file in material.checked:
        head = read_head(file.text)
        missing = [key for key in HEAD if not head.get(key) and not file.name.endswith(".jsonl")]
        if missing:
            example = {"date": date.today().isoformat(), "count": str(_count(file))}
            lines = " ".join(f"`# {key}: {example.get(key, '…')}`" for key in missing)
            what = f"no {', '.join(missing)} in the first lines"
            yield file.problem(1, "", what, f"adding {lines}", error=file.ours)
        if (count := head.get("count")) and count.replace(",", "") != str(_count(file)):
            yield file.problem(
                _line_of(file, "count"), "count", f"found {count}, but there are {_count(file)}", f"{_count(file)}"
            )
        if (day := head.get("date")) and not _is_date(day):
            yield file.problem(_line_of(file, "date"), "date", f"{day!r} is no date", "year-month-day, 2026-11-22")


def _count(file: File) -> int:
    if file.patterns is not None:
        return len(file.patterns.patterns) + len(file.patterns.evidence)
    return len(file.words.words) if file.words else 0


def _line_of(file: File, key: str) -> int:
    lines = file.text.splitlines()
    return next((n for n, line in enumerate(lines, start=1) if re.match(rf"#\s*{key}\s*:", line)), 1)


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def composed(material: Material) -> Iterator[Problem]:
    """Letters with marks are one character (NFC), so that a search in the file finds them."""
    for file in material.checked:
        if unicodedata.is_normalized("NFC", file.text):
            continue
        for number, line in enumerate(file.text.splitlines(), start=1):
            if (right := unicodedata.normalize("NFC", line)) != line:
                at = next((n for n, (a, b) in enumerate(zip(line, right, strict=False)) if a != b), len(right))
                yield file.problem(number, "", f"not NFC near {line[max(0, at - 8) : at + 8]!r}", "composed letters")


_HIDDEN = re.compile(f"[{INVISIBLE}\u00a0\u2000-\u200f\u2028-\u202f\u2061-\u2064\u3000\t\x00-\x08\x0b-\x1f\x7f]")


def invisible(material: Material) -> Iterator[Problem]:
    """No characters that cannot be seen or look like a space."""
    for file in material.checked:
        for number, line in enumerate(file.text.splitlines(), start=1):
            if found := _HIDDEN.search(line):
                name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
                shown = line[max(0, found.start() - 8) : found.end() + 8]
                what = f"an invisible character ({name}) in column {found.start() + 1}, {shown!r}"
                yield file.problem(number, "", what, "deleting it or a plain space")


def scripts(material: Material) -> Iterator[Problem]:
    """A name is written in one script, and in letters that the library folds: no Cyrillic а in a Latin name."""
    for file, line, shown, word in _written(material):
        if word.isascii():
            continue
        found: dict[str, str] = {}
        for char in word:
            if char.isalpha():
                found.setdefault(_script(char), char)
        odd = [script for script in found if script not in ("LATIN", "CYRILLIC")]
        if len(found) > 1:
            rare = min(found, key=lambda script: sum(_script(c) == script for c in word if c.isalpha()))
            kinds = " and ".join(script.capitalize() for script in found)
            what = f"mixes {kinds}: {found[rare]!r} is {unicodedata.name(found[rare])}"
            yield file.problem(line, shown, what, "typing the word again in Latin letters")
        elif odd:
            yield file.problem(line, shown, f"is written in {odd[0].capitalize()}", "the Turkmen or the Latin spelling")
        elif strange := sorted(set(fold(word)) - _FOLDED):
            yield file.problem(line, shown, f"has {', '.join(map(repr, strange))}", "letters, digits, - ' . & and +")


_FOLDED = frozenset(LETTERS + "cqvx0123456789 -'.,&+/:()«»\"!?#*°№’–")
_LATIN_LOOKALIKE = frozenset("ꞑŋƶɵə")  # of the Latin alphabet of the 1930s; Unicode calls them Latin


def _script(char: str) -> str:
    name = unicodedata.name(char, "UNKNOWN")
    return "LATIN" if char in _LATIN_LOOKALIKE or "ORDINAL" in name else name.split()[0]


def _written(material: Material) -> Iterator[tuple[File, int, str, str]]:
    """Every form and listed word, with its place and how to speak of it."""
    for row in material.rows:
        if row.file.checked:
            yield row.file, row.line, f"{row.id} ({row.form.pattern})" if row.id else row.form.pattern, row.form.pattern
    for file in material.checked:
        if file.words is not None and file.words.label is None:
            yield from ((file, line, word, word) for word, line in file.words.words)
        for name, words in file.patterns.lists.items() if file.patterns else ():
            yield from ((file, line, f"{name} ({word})", word) for word, line in _lined(file, name, words))


def repeated_lines(material: Material) -> Iterator[Problem]:
    """A list has each word once."""
    for file in material.checked:
        if file.words is not None:
            yield from _repeated(file, file.words.words)
        for name, words in file.patterns.lists.items() if file.patterns else ():
            yield from _repeated(file, _lined(file, name, words))


def _lined(file: File, name: str, words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The words of a list in a YAML file, with their lines."""
    return ((word, line_of(file.document, ["lists", name, n])) for n, word in enumerate(words))


def _repeated(file: File, words: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for word, line in words:
        if word in seen:
            first = f" first in line {seen[word]}," if seen[word] != line else ""
            yield file.problem(line, word, f"stands in this list twice,{first}".rstrip(","), "deleting one")
        seen.setdefault(word, line)


def ids(material: Material) -> Iterator[Problem]:
    """An id means one thing over all files; an entry without a pattern adds to it."""
    seen: dict[str, str] = {}
    for file in material.checked:
        if file.patterns is None:
            continue
        things: list[Entry | EvidenceRule] = [e for e in file.patterns.patterns if e.id and e.pattern is not None]
        things += file.patterns.evidence
        for thing in things:
            assert thing.id is not None
            if (first := seen.setdefault(thing.id, thing.source)) != thing.source:
                yield file.problem(
                    _line(thing),
                    thing.id,
                    f"this id is used at {first} too",
                    "another id, or aliases without a pattern",
                )


def _line(thing: Entry | EvidenceRule) -> int:
    number = thing.source.rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def two_labels(material: Material) -> Iterator[Problem]:
    """A form that stands for two kinds of things is `maybe` in all but one, and context decides."""
    for rows in material.by_key.values():
        sure = [row for row in rows if row.sure]
        for number, row in enumerate(sure):
            other = next((o for o in sure[:number] if o.label != row.label), None)
            if other is not None and (row.file.checked or other.file.checked):
                here, there = (row, other) if row.file.checked else (other, row)
                yield here.problem(
                    f"{here.label} here, but {there.label} at {there.where}", "maybe: true for the rarer meaning"
                )


def two_entries(material: Material) -> Iterator[Problem]:
    """A form belongs to one entry of a label, and stands in it once."""
    for rows in material.by_key.values():
        for number, row in enumerate(rows):
            others = [o for o in rows[:number] if o.label == row.label] if row.file.checked else []
            if any(o.id == row.id and o.form.pattern == row.form.pattern for o in others):
                yield row.problem("stands in this entry twice", "deleting one", error=False)
            other = next((o for o in others if o.id != row.id and o.sure and row.sure), None)
            if other is not None:
                what = f"also a form of {other.id or other.form.pattern} at {other.where}"
                yield row.problem(what, "one entry, or maybe: true for the lesser known", error=False)


def common_words(material: Material) -> Iterator[Problem]:
    """A name that is also a form of a common word says by `maybe` whether context must confirm it.

    The dictionary lists countries as words, so these need not say it; in a list of names a remark accepts the word.
    """
    for row in material.rows:
        form = row.form
        if row.decided or not row.sure or not row.file.checked or row.label == "COUNTRY" or form.case == "exact":
            continue
        if " " in row.key or not form.pattern[:1].isupper() or form.pattern.isupper() or not is_common(row.key):
            continue
        if row.id:
            advice = "maybe: true if a sentence can begin with the word, maybe: false if it is always the name"
        else:
            advice = "a remark (# …) that says why it may stand here, or an entry with maybe: true in a YAML file"
        yield row.problem("is also a common word", advice)


def reachable(material: Material) -> Iterator[Problem]:
    """Each form is found where it is written as listed."""
    lexicon = material.tagger.lexicon
    entries = lexicon.gazetteer.entries
    for row in material.rows:
        if not row.file.checked or row.bound or row.label == NONE:
            continue
        text = Text(lexicon, row.form.pattern)
        found = any(
            entries[match.form.entry].label == row.label
            and key_words(match.form.written) == key_words(row.form.pattern)
            for i in range(len(text))
            for end, match in text.listed(i)
            if all(not word.letters for word in text.words[:i] + text.words[end:])
        )
        if not found:
            yield row.problem(
                "the library does not find this form in a text", "another spelling, or case: any if it has no capital"
            )


def colliding(material: Material) -> Iterator[Problem]:
    """A form is no inflected form of a name with another label: Gaza would be the dative of Gaz."""
    lexicon = material.tagger.lexicon
    for row in material.rows:
        if not row.sure or row.decided or not row.file.checked:
            continue
        for form, case in _inflected(Text(lexicon, row.form.pattern), lexicon.gazetteer):
            entry = lexicon.gazetteer.entries[form.entry]
            if entry.label != row.label:
                yield row.problem(
                    f"is also {case} of {form.written}, {entry.label} at {entry.source}",
                    f"maybe: true for one of them, inflect: false for {form.written}, or maybe: false here",
                    error=False,
                )
                break


def _inflected(text: Text, gazetteer: Gazetteer) -> Iterator[tuple[NameForm, str]]:
    """The listed forms of which a whole text is a form with suffixes, and the suffixes."""
    for end, match in text.listed(0):
        exact = match.form.flags & (EXACT | MAYBE)
        if end == len(text) and match.reading.suffixes and not exact:
            yield match.form, "+".join(s.name for s in match.reading.suffixes)


def known_facts(material: Material) -> Iterator[Problem]:
    """The facts of a rule are facts that the library notes, of lists that exist."""
    lists = material.patterns.lists
    for file, rule in _evidence(material):
        for fact in (*rule.when, *rule.unless):
            place, _, name = fact.partition(":")
            if fact in SHAPES or (place in PLACES and name in lists):
                continue
            if place in PLACES:
                near = [n for n in lists if n.startswith(name[:4])] or sorted(lists)
                yield file.problem(_line(rule), rule.id, f"{fact}: there is no list {name}", _some(near))
            else:
                near = [s for s in SHAPES if s.startswith(place + ":")] or [f"{p}:…" for p in PLACES]
                yield file.problem(_line(rule), rule.id, f"{fact}: there is no such fact", _some(near))


def _evidence(material: Material) -> Iterator[tuple[File, EvidenceRule]]:
    for file in material.checked:
        yield from ((file, rule) for rule in (file.patterns.evidence if file.patterns else ()))


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:8]) + (" …" if len(words) > 8 else "")


def witnessed(material: Material) -> Iterator[Problem]:
    """Each rule has a sentence that shows it at work; yours may."""
    for file, rule in _rules(material):
        if not rule.yes:
            what = "no sentence shows what the rule does"
            yield file.problem(_line(rule), rule.id or "", what, 'yes: ["… [name|LABEL] …"]', error=file.ours)


def _rules(material: Material) -> Iterator[tuple[File, Rule]]:
    """Rules of evidence, token rules, and names with sentences."""
    yield from _evidence(material)
    for file in material.checked:
        for entry in file.patterns.patterns if file.patterns else ():
            if entry.yes or entry.no or entry.token_patterns:
                yield file, entry


def sentences(material: Material) -> Iterator[Problem]:
    """The `yes` and `no` sentences of rules hold: names in brackets are found, and the rule plays its part or not."""
    for file, rule in _rules(material):
        if isinstance(rule, Entry) and any(ANNOTATED & set(token) for token in chain(*rule.token_patterns)):
            continue  # needs what only another component of a pipeline can say
        for sentence, wanted in [(s, True) for s in rule.yes] + [(s, False) for s in rule.no]:
            for what, advice in _broken(material, rule, sentence, wanted):
                name = rule.id or rule.source
                yield file.problem(_line(rule), name, f"{'yes' if wanted else 'no'}: {what}, in “{sentence}”", advice)


def _broken(material: Material, rule: Rule, sentence: str, wanted: bool) -> Iterator[tuple[str, str]]:
    """What does not hold of a sentence, and what to try. `[Nobel|NONE]` means that no name is found there."""
    try:
        marked = notation.parse(sentence)
    except ValueError as error:
        yield str(error), "the notation of seeds/README.md"
        return
    text, mentions = material.mentions(marked.text)
    found = {text.span(m.i, m.j): m for m in mentions if m.label}
    for name in marked.names:
        shown = f"[{marked.text[name.start : name.end]}|{name.label}]"
        here = found.get((name.start, name.end))
        near = [f"[{marked.text[s:e]}|{m.label}]" for (s, e), m in found.items() if s < name.end and name.start < e]
        if name.label == NONE:
            if near:
                yield f"{shown} means no name, but {' '.join(near)} is found", "turkmen-ner explain"
        elif here is None or here.label != name.label:
            yield f"{shown} is not found, {' '.join(near) or 'nothing is'}", "turkmen-ner explain"
        elif name.name and here.name.casefold() != name.name.casefold():
            yield f"the base form of {shown} is {here.name!r}", f"{shown[:-1]}|{here.name}|…]"
    if wanted and not marked.names and rule.label != NONE:
        yield "no name is marked", "[name|LABEL]"
    if isinstance(rule, EvidenceRule):  # a token rule that takes the name leaves evidence unasked
        text, mentions = material.tagger.mentions(marked.text)
    applied = [m for m in mentions if _applies(rule, m)]
    if wanted and not applied:
        yield "the rule does nothing here", "turkmen-ner explain"
    if not wanted and applied:
        start, end = text.span(applied[0].i, applied[0].j)
        yield f"the rule applies to {marked.text[start:end]!r}", "unless: or a narrower rule"


def _applies(rule: Rule, mention: Mention) -> bool:
    if isinstance(rule, EvidenceRule):
        return any(reason == rule.id for reason, _, _ in mention.reasons)
    entry = mention.stop or (mention.entry if mention.label else None)
    return entry is not None and entry.source == rule.source


def own_labels(material: Material) -> Iterator[Problem]:
    """A label of one's own is not almost one of the library's."""
    for file in material.checked:
        lines = {file.words.label: file.words.line} if file.words else {}
        things: Iterable[Rule] = (*file.patterns.patterns, *file.patterns.evidence) if file.patterns else ()
        for thing in things:
            lines.setdefault(thing.label, _line(thing))
        for label, line in lines.items():
            near = near_label(label or "")
            if near not in ("", label) and label != NONE:
                what = f"a label of your own that is almost {near}"
                yield file.problem(line, f"{label}", what, f"{near}, unless it is meant", error=False)


CHECKS: tuple[Callable[[Material], Iterable[Problem]], ...] = (
    heads,
    composed,
    invisible,
    scripts,
    repeated_lines,
    ids,
    two_labels,
    two_entries,
    common_words,
    reachable,
    colliding,
    known_facts,
    witnessed,
    sentences,
    own_labels,
)
