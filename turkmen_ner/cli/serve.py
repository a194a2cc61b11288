"""`turkmen-ner serve`: a page and a REST service on this machine."""

import os
from typing import Annotated

import typer

from turkmen_ner.cli.common import existing, failure, reported
from turkmen_ner.cli.options import Infer, Labels, Lenient, Patterns, Scheme


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port; 0 for any free one.")
    ] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="A name by which others reach the service; may be repeated. Other names are refused.",
            show_default=False,
        ),
    ] = None,
    max_chars: Annotated[
        int, typer.Option("--max-chars", min=1, metavar="N", help="Most characters of a request.")
    ] = 500_000,
    workers: Annotated[
        int, typer.Option("--workers", min=1, metavar="N", help="Processes, each with its own copy.")
    ] = 1,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
) -> None:
    """A page on this machine to paste a text into, and a REST service. Needs turkmen_ner[serve].

    The page is at http://127.0.0.1:8000, what the service takes and gives at /docs. Nobody else reaches it unless
    --host says so; it has no password.

    For example:

      turkmen-ner serve

      turkmen-ner serve --port 9000 --patterns my.yaml
    """
    try:
        import uvicorn

        from turkmen_ner.web import app as web
    except ImportError as error:
        raise failure(f"serve needs {error.name}: pip install 'turkmen_ner[serve]'") from None
    wildcard = host in ("0.0.0.0", "::")
    with reported():
        settings = web.Settings(
            patterns=tuple(existing(patterns or ())),
            labels=labels.value,
            infer=infer,
            spelling="lenient" if lenient else "strict",
            hosts=(*(() if wildcard else (host,)), *(allow_host or ())),
            characters=max_chars,
        )
        os.environ[web.SETTINGS] = web.environment(settings)
        application = web.create_app(settings)  # with several processes, only to tell of wrong patterns here
    uvicorn.run(
        application if workers == 1 else "turkmen_ner.web.app:from_environment",
        factory=workers > 1,
        host=host,
        port=port,
        workers=workers,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )
