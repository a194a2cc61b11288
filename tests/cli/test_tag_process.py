"""`turkmen-ner tag` as a process: pipes, Ctrl-C, a terminal."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from commands import COMMAND, TEXT


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("options", ["", "-f jsonl -j 2", "-f csv", "-f json"])
def test_a_broken_pipe_is_no_traceback(options: str, article: Path) -> None:
    article.write_text((TEXT + "\n") * 3000, encoding="utf-8")
    script = f'"{sys.executable}" -m turkmen_ner.cli tag {options} "{article}" "{article}" | head -c 5'
    done = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert len(done.stdout) == 5
    assert done.stderr == ""


LINE = b'{"text": "Ol Bengazide boldy."}\n'


def test_results_come_before_the_input_ends() -> None:
    command = [*COMMAND, "tag", "--input-field", "text", "-f", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["file"] == f"-:{number}"
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_no_traceback(jobs: str) -> None:
    command = [*COMMAND, "tag", "--input-field", "text", "-f", "jsonl", "-j", jobs]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(LINE * 500)
        process.stdin.flush()
        assert process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_progress_bar_on_a_terminal_only(folder: Path, tmp_path: Path) -> None:
    import fcntl
    import termios

    command = [*COMMAND, "tag", str(folder), "-f", "jsonl"]
    piped = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert piped.stderr == ""

    def screen(*options: str, stdout: int | None = None) -> bytes:
        here, there = os.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
        with os.fdopen(here, "rb", buffering=0) as shown:
            subprocess.run([*command, *options], stdout=there if stdout is None else stdout, stderr=there, check=True)
            os.set_blocking(here, False)
            data = shown.read(100_000) or b""
            os.close(there)
        return data

    assert b"3/3" in screen(stdout=subprocess.DEVNULL)
    assert b"3/3" in screen("-o", str(tmp_path / "out"))
    results = screen()  # they show by themselves how far it is
    assert results.count(b'{"file"') == 3
    assert b"text/s" not in results
