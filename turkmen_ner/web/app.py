"""The page to paste a text into, and the REST service that it uses: one ASGI application.

The pipeline tags one request after the other: spaCy's vocabulary takes one thread, and Python runs one at a time. More
cores are used by more processes, `--workers`.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from turkmen_ner._version import __version__
from turkmen_ner.api import component, explain, load, tag_many
from turkmen_ner.codecs.records import dumps
from turkmen_ner.web import look, models
from turkmen_ner.web.guard import LOCAL, Guard, Refusal, error, too_large

SETTINGS = "TURKMEN_NER_SERVE"  # in the environment of worker processes
CHARACTERS = 500_000
EXPLAINED = 100_000  # characters; an explanation is some fifteen times as long as its text
SCRIPTS = {
    "docs.js": "text/javascript",
    "page.js": "text/javascript",
    "serve.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve. patterns, labels, infer, spelling: as in `turkmen_ner.load`.

    hosts (tuple): Names under which the service may be asked for, besides those of this machine.
    characters (int): The most of all texts of a request.
    """

    patterns: tuple[str, ...] = ()
    labels: str = "turkmen"
    infer: bool = True
    spelling: str = "strict"
    hosts: tuple[str, ...] = ()
    characters: int = CHARACTERS


def from_environment() -> Guard:
    """The application of a worker process, with the settings that its parent left."""
    given: dict[str, Any] = json.loads(os.environ[SETTINGS])
    given |= {key: tuple(given[key]) for key in ("patterns", "hosts")}
    return create_app(Settings(**given))


def create_app(settings: Settings | None = None) -> Guard:
    """The application, for any ASGI server.

    RAISES (PatternError): If a pattern is wrong.
    """
    settings = settings or Settings()
    nlp = load(patterns=settings.patterns, labels=settings.labels, infer=settings.infer, spelling=settings.spelling)
    labels = list(component(nlp).labels)
    turn = CapacityLimiter(1)
    app = FastAPI(
        title="turkmen_ner",
        version=__version__,
        summary="Named-entity recognition for Turkmen",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
    )
    wrong: dict[int | str, dict[str, Any]] = {
        413: {"model": models.Error, "description": "Too much text"},
        422: {"model": models.Error, "description": "Not what was expected"},
    }

    def check(texts: Sequence[str], most: int) -> None:
        size = sum(map(len, texts))
        if size > most:
            raise too_large(f"{size:,} characters", most)

    async def in_turn(work: Callable[[], Any]) -> Response:
        return Response(await to_thread.run_sync(lambda: dumps(work()), limiter=turn), media_type="application/json")

    @app.post("/tag", response_class=Response, responses={200: {"model": models.Tagged | models.TaggedTexts}, **wrong})
    async def tag(request: models.TagRequest) -> Response:
        """Find the names of one text, or of several."""
        texts = [request.text] if request.texts is None else request.texts
        check(texts, settings.characters)

        def work() -> dict[str, Any]:
            found = [{"entities": tagged.to_dicts()} for tagged in tag_many(texts, nlp=nlp)]
            return found[0] if request.texts is None else {"results": found}

        return await in_turn(work)

    @app.post("/explain", response_class=Response, responses={200: {"model": models.Explained}, **wrong})
    async def why(request: models.ExplainRequest) -> Response:
        """Say why each name of a text was found, and what was considered and rejected."""
        check([request.text], min(EXPLAINED, settings.characters))

        def work() -> dict[str, Any]:
            decisions = explain(request.text, nlp=nlp)
            at = request.at
            return {"decisions": [asdict(d) for d in decisions if at is None or d.start <= at < d.end]}

        return await in_turn(work)

    @app.get("/health")
    async def health() -> models.Health:
        """Say whether the service answers, its version and its labels."""
        return models.Health(status="ok", version=__version__, labels=labels)

    @app.get("/", include_in_schema=False)
    async def page() -> Response:
        return html("serve.html", labels=look.ordered(labels), characters=settings.characters)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return html("api.html", api=app.openapi())

    @app.get("/static/style.css", include_in_schema=False)
    async def style() -> Response:
        return Response(look.stylesheet(), media_type="text/css")

    @app.get("/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        if name not in SCRIPTS:
            raise HTTPException(404)
        return Response(look.static(name), media_type=SCRIPTS[name])

    @app.exception_handler(RequestValidationError)
    async def not_expected(_: Request, problem: RequestValidationError) -> Response:
        return failed(422, _sentence(problem.errors()[0]))

    @app.exception_handler(Refusal)
    async def refused(_: Request, refusal: Refusal) -> Response:
        return failed(refusal.status, refusal.why)

    @app.exception_handler(HTTPException)
    async def other(_: Request, problem: HTTPException) -> Response:
        return failed(problem.status_code, str(problem.detail), problem.headers)

    return Guard(app, hosts=(*LOCAL, *settings.hosts), characters=settings.characters)


def html(template: str, **values: Any) -> Response:
    """A page. values: What the template is given."""
    return Response(look.templates().get_template(template).render(**values), media_type="text/html")


def failed(status: int, why: str, headers: Any = None) -> Response:
    """An answer that says what is wrong."""
    return Response(error(why), status, headers=headers, media_type="application/json")


def _sentence(problem: dict[str, Any]) -> str:
    """What is wrong with a body: where, and what was expected."""
    where = ".".join(str(part) for part in problem["loc"] if part != "body")
    if problem["type"] == "json_invalid":
        return f"the body is not well-formed JSON: {problem['ctx']['error']}"
    if problem["type"] in ("model_attributes_type", "missing") and not where:
        return 'expected a JSON object such as {"text": "…"}'
    said = str(problem["msg"]).removeprefix("Value error, ")
    return f"{where}: {said}" if where else said


def environment(settings: Settings) -> str:
    """The settings for the environment of worker processes."""
    return json.dumps(asdict(settings))
