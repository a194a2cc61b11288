"""The pictures of README and docs, taken by a headless Chromium: a tagged text, the page of `serve`, a report.

python tools/picture.py
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from browser import QUIET, Browser, find

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
PICTURE = ASSETS / "tagged.png"
TEXT = """\
Türkiýäniň ilçisi düýn Tripolide Abdulhamid Dbeýba bilen duşuşdy.
«Berkarar» paromy şu gün Türkmenbaşy portundan Bakuwa ugrady. Bu barada «Türkmengaz» konserniniň wekili Nurdan Weliçko \
habar berdi. Weliçkonyň sözlerine görä, parom Hazar deňzinden iki günde geçer."""
WIDTH, SCALE = 820, 2  # pixels of the page; of the screen for each of them
WIDE, HIGH = 1000, 1120  # of the page of `serve` and of a report


def chromium(page: str, *options: str) -> str:
    """Open a page in a Chromium with a profile of its own, and print what `options` ask for.

    page (str): HTML, or an address. options (str): `--dump-dom`, `--screenshot=PATH` and others.
    RETURNS (str): Standard output. RAISES (FileNotFoundError): Without a Chromium.
    """
    command = find()
    if command is None:
        raise FileNotFoundError("found no Chromium on the path")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if not page.startswith("http://"):
            path = Path(folder) / "page.html"
            path.write_text(page, encoding="utf8")
            page = path.as_uri()
        profile = f"--user-data-dir={folder}/profile"
        done = subprocess.run([command, *QUIET, profile, *options, page], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf8")


def take(html: str, path: Path, *, dark: bool = False) -> None:
    """Take a picture of a page, as high as the page is. dark (bool): For dark pages, without a ground of its own."""
    measure = "document.documentElement.dataset.high = Math.ceil(document.body.getBoundingClientRect().bottom)"
    page = f"{html}<script>{measure}</script>"
    high = re.search(r'data-high="(\d+)"', chromium(page, f"--window-size={WIDTH},600", "--dump-dom"))
    assert high
    options = [f"--window-size={WIDTH},{int(high[1]) + 16}", f"--force-device-scale-factor={SCALE}"]
    options += [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    if dark:
        html += "<style>body { background: none !important }</style>"
        options.append("--default-background-color=00000000")
    chromium(html, *options, f"--screenshot={path}")


@contextmanager
def served() -> Iterator[str]:
    """The address of a service that runs as long."""
    command = [sys.executable, "-m", "turkmen_ner.cli", "serve", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stderr is not None
    try:
        yield next(found[1] for line in process.stderr if (found := re.search(r"running on (http://[\d.:]+)", line)))
    finally:
        process.terminate()
        process.wait(60)
        process.stderr.close()


def take_page(browser: Any, folder: Path) -> Path:
    """The page of `serve` with the example, and why one of its names was found."""
    path = folder / "serve.png"
    with served() as address:
        page = browser.open(address, width=WIDE, height=HIGH)
        page.click("#example")
        page.wait("document.querySelectorAll('#marked mark').length > 8")
        page.click("#marked mark:nth-of-type(8)")
        page.wait("document.querySelector('#reasons dl')")
        page.picture(path, whole=False)
        page.close()
    return path


def take_report(browser: Any, folder: Path) -> list[Path]:
    """A report on the seeds: its beginning with a name opened, and who appears with whom and where."""
    paths = [folder / "report.png", folder / "report-pictures.png"]
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.html"
        seeds = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "seeds").glob("[0-9]*.txt"))
        command = [sys.executable, "-m", "turkmen_ner.cli", "report", "--notation", *seeds, "-o", str(report)]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        page = browser.open(report.as_uri(), width=WIDE, height=HIGH)
        page.evaluate("document.querySelector('#n0 button').click()")
        page.evaluate("document.activeElement.blur()")
        page.picture(paths[0], whole=False)
        page.evaluate("['#pairs', '#pairs-more'].forEach(id => document.querySelector(id).remove())")
        page.evaluate("document.querySelector('#with').scrollIntoView({behavior: 'instant'})")
        page.picture(paths[1], whole=False)
        page.close()
    return paths


if __name__ == "__main__":
    import turkmen_ner

    ASSETS.mkdir(exist_ok=True)
    paths = [PICTURE, PICTURE.with_stem(f"{PICTURE.stem}-dark")]
    for path, dark in zip(paths, (False, True), strict=True):
        take(turkmen_ner.tag(TEXT).to_html(page=True), path, dark=dark)
    with Browser() as started:
        paths += [take_page(started, ASSETS), *take_report(started, ASSETS)]
    sys.stdout.write("".join(f"{path}\n" for path in paths))
