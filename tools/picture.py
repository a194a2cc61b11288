"""The picture of a tagged text in the README: docs/assets/tagged.png, taken by a headless Chromium.

python tools/picture.py
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURE = Path(__file__).parent.parent / "docs" / "assets" / "tagged.png"
TEXT = """\
Türkiýäniň ilçisi düýn Tripolide Abdulhamid Dbeýba bilen duşuşdy.
«Berkarar» paromy şu gün Türkmenbaşy portundan Bakuwa ugrady. Bu barada «Türkmengaz» konserniniň wekili Nurdan Weliçko \
habar berdi. Weliçkonyň sözlerine görä, parom Hazar deňzinden iki günde geçer."""
WIDTH, SCALE = 820, 2  # pixels of the page; of the screen for each of them
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find() -> str | None:
    """The path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def chromium(page: str, *options: str) -> str:
    """Open a page in a Chromium with a profile of its own, and print what `options` ask for.

    page (str): HTML, or an address. options (str): `--dump-dom`, `--screenshot=PATH` and others.
    RETURNS (str): Standard output. RAISES (FileNotFoundError): Without a Chromium.
    """
    command = find()
    if command is None:
        raise FileNotFoundError(f"expected one of {', '.join(NAMES)} on the path")
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


if __name__ == "__main__":
    import turkmen_ner

    PICTURE.parent.mkdir(exist_ok=True)
    for path, dark in ((PICTURE, False), (PICTURE.with_stem(f"{PICTURE.stem}-dark"), True)):
        take(turkmen_ner.tag(TEXT).to_html(page=True), path, dark=dark)
        sys.stdout.write(f"{path}\n")
