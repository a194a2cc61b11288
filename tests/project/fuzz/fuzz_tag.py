"""A fuzz target: atheris looks for a text, by the code that it reaches, for which `invariants` do not hold.

Run for an hour: `python tests/project/fuzz/fuzz_tag.py .fuzz -max_total_time=3600`. Arguments are those
of libFuzzer; the first is the folder of the corpus, which begins with the lines of seeds/. A text that fails is written
to `crash-…`, and `python tests/project/fuzz/fuzz_tag.py crash-…` tries it again.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "helpers"))

LONGEST = 400  # bytes of a text


def text_of(data: bytes) -> str:
    """A text for any bytes: what is no UTF-8 becomes halves of surrogate pairs."""
    return data.decode("utf8", "surrogateescape")


def fill(folder: Path) -> None:
    """Write the lines of seeds/ and the parts of hostile texts into an empty corpus."""
    from hostile import BITS, HOSTILE, SEEDS

    from turkmen_ner.corpus.bracket_notation import strip

    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return
    texts = [line for path in SEEDS for line in strip(path.read_text(encoding="utf8")).splitlines() if line]
    texts += [*BITS, *(make(60) for make in HOSTILE.values())]
    for number, text in enumerate(texts):
        (folder / f"{number:04}").write_bytes(text.encode("utf8", "surrogatepass")[:LONGEST])


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer's limits are reached or a text fails."""
    import atheris

    with atheris.instrument_imports(include=["turkmen_ner"]):
        import turkmen_ner.api
    from hostile import invariants

    if len(arguments) > 1 and not arguments[1].startswith("-") and not Path(arguments[1]).is_file():
        fill(Path(arguments[1]))
    pipelines = [turkmen_ner.load(), turkmen_ner.load(spelling="lenient")]

    def one(data: bytes) -> None:
        for nlp in pipelines:
            invariants(nlp, text_of(data))

    atheris.Setup([*arguments, f"-max_len={LONGEST}"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
