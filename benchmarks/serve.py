"""`turkmen-ner serve` under load, on the loopback address alone: texts a second, waiting times, memory.

    python benchmarks/serve.py [--clients N] [--seconds N] [--requests N] [--workers N] [--write]

Clients ask without a pause, each over a connection of its own, for the names of texts of which no two are the same.
--write puts the tables into docs/serve.md.
"""

import asyncio
import http.client
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import report
from articles import articles, sentences

WARM = 30_000  # texts before memory is measured: from 100,000 words on the pipeline keeps no more


@contextmanager
def service(workers: int) -> Iterator[tuple[int, int]]:
    """A service that is started for this alone. YIELDS (tuple): Its port and the id of its process."""
    command = [sys.executable, "-m", "turkmen_ner.cli", "serve", "--port", "0", "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = next(
            filter(None, (re.search(r"running on http://127\.0\.0\.1:(\d+)", line) for line in process.stderr))
        )
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        process.wait(60)


async def ask(port: int, texts: Iterator[str], end: float, spent: list[float], wrong: list[str]) -> None:
    """One client: the next text as soon as the names of the last one are there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for text in texts:
        start = perf_counter()
        if start > end:
            break
        body = json.dumps({"text": text}).encode()
        head = f"POST /tag HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        writer.write(head.encode() + b"\r\n\r\n" + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        size = re.search(r"content-length: (\d+)", answer)
        found = json.loads(await reader.readexactly(int(size[1]))) if size else {}
        spent.append(perf_counter() - start)
        if not answer.startswith("HTTP/1.1 200") or not found.get("entities"):
            wrong.append(answer.splitlines()[0])
    writer.close()


async def load(port: int, texts: Iterable[str], clients: int, seconds: float) -> tuple[list[float], list[str], float]:
    """All clients at once. RETURNS (tuple): The time of each answer, what was wrong, and the time of all."""
    spent: list[float] = []
    wrong: list[str] = []
    each = iter(texts)
    start = perf_counter()
    await asyncio.gather(*(ask(port, each, start + seconds, spent, wrong) for _ in range(clients)))
    return spent, wrong, perf_counter() - start


def speed(port: int, clients: int, seconds: float) -> list[list[object]]:
    """Answers a second, and how long one is waited for."""
    rows: list[list[object]] = []
    kinds = {"two sentences": sentences(10**6), "an article": (text for _, text in articles(10**6))}
    for (kind, texts), number in itertools.product(kinds.items(), (1, clients)):
        spent, wrong, took = asyncio.run(load(port, texts, number, seconds))
        waits = [f"{1000 * wait:,.0f} ms" for wait in (median(spent), quantiles(spent, n=20)[-1], max(spent))]
        rows.append([kind, number, f"{len(spent) / took:,.0f}", *waits, len(wrong)])
    return rows


def memory(port: int, process: int, requests: int, clients: int) -> list[list[object]]:
    """Resident memory of the service as it answers, once it has seen as many words as it keeps."""
    texts = sentences(WARM + requests)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(WARM // 1000):
        body = json.dumps({"texts": list(itertools.islice(texts, 1000))})
        connection.request("POST", "/tag", body, {"content-type": "application/json"})
        connection.getresponse().read()
    connection.close()
    used: dict[int, float] = {}
    done = 0
    for part in (0, requests // 10, requests // 4, requests // 2, 3 * requests // 4, requests):
        asyncio.run(load(port, itertools.islice(texts, part - done), clients, 3600))
        done = part
        status = Path(f"/proc/{process}/status").read_text()
        used[done] = int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
    return [[f"{done:,}", f"{now:,.0f} MB", f"{now - used[0]:+,.0f} MB"] for done, now in used.items()]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = report.parser(__doc__)
    args.add_argument("--clients", type=int, default=50, help="at once (50)")
    args.add_argument("--seconds", type=float, default=20, help="of each row (20)")
    args.add_argument("--requests", type=int, default=10_000, help="for the memory (10,000)")
    args.add_argument("--workers", type=int, default=1, help="processes of the service (1)")
    opts = args.parse_args(argv)
    with service(opts.workers) as (port, process):
        rows = speed(port, opts.clients, opts.seconds)
    with service(1) as (port, process):
        used = memory(port, process, opts.requests, opts.clients)
    head = ["text", "clients", "answers a second", "half within", "95 % within", "longest", "errors"]
    parts = [report.table(head, rows), report.table(["further answers", "resident memory", "change"], used)]
    print("\n\n".join(parts))
    if opts.write:
        page = report.ROOT / "docs" / "serve.md"
        report.write(page, "serve", "\n\n".join([*parts, report.stamp("serve.py --write")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
