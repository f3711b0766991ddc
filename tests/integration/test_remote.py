"""Remote sources against servers that misbehave: a clear error on that source only, and what it said before stays."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType

import dagster as dg
import pytest
import yaml

from orchestration.deciding.fingerprint import raw_files
from orchestration.paths import Warehouse
from orchestration.remote.fetching import Bounds
from orchestration.remote.landing import Asked, ask_all
from tests.integration.receivers import Hook, serving

PAGE = b"<!doctype html><html><body><p>The Wenling Shoe Industrial Cluster</p></body></html>"
QUICK = Bounds(connect_seconds=2, silence_seconds=0.5, total_seconds=2, most_bytes=10_000, retries=2, backoff_seconds=0.01)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A web server whose every path is answered by a function; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                server.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.http.shutdown()
    started.http.server_close()


@pytest.fixture
def place(tmp_path: Path) -> Warehouse:
    (tmp_path / "raw").mkdir()
    return Warehouse(tmp_path / "warehouse")


def reply(status: int = 200, body: bytes = PAGE, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Type": "text/html", "Content_Length": str(len(body))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def hang(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.1)


def cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(PAGE)


def ask(place: Warehouse, *sources: dict[str, str]) -> tuple[list[Asked], list[str]]:
    raw = place.root.parent / "raw"
    (raw / "sources.yml").write_text(yaml.safe_dump(list(sources)), encoding="utf-8")
    asked, alerts = ask_all(raw, place, QUICK)
    return asked, [alert.text for alert in alerts]


def documents(place: Warehouse) -> dict[str, bytes]:
    raw = place.root.parent / "raw"
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in raw_files(raw)}


def entry(server: Server, name: str = "a", path: str = "/a", file_name: str = "a.html") -> dict[str, str]:
    return {"name": name, "url": server.url(path), "file_name": file_name}


def test_a_page_lands_like_a_dropped_file_with_its_facts(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply()
    ((came,), told) = ask(place, entry(server) | {"title": "鞋业"})
    assert (came.outcome, told) == ("landed", [])
    found = documents(place)
    assert found["a/a.html"] == PAGE
    facts = yaml.safe_load(found["a/a.html.meta.yml"])
    assert facts.keys() == {"title", "url", "accessed_on"}
    assert facts["url"] == server.url("/a")
    assert list((place.root.parent / "raw" / "a").glob(".*")) == []


def test_the_second_request_is_conditional_and_an_unchanged_page_changes_nothing(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply(ETag='"1"', Last_Modified="Sun, 01 Nov 2026 00:00:00 GMT")
    ask(place, entry(server))
    before = documents(place)
    server.answers["/a"] = lambda request: reply(304, b"")(request) if request.headers["If-None-Match"] == '"1"' else reply(500)(request)
    ((came,), _) = ask(place, entry(server))
    assert came.outcome == "unchanged"
    assert server.asked[-1][1]["If-Modified-Since"] == "Sun, 01 Nov 2026 00:00:00 GMT"
    assert documents(place) == before


def test_a_server_that_knows_no_conditions_changes_nothing_by_sending_the_same_again(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply()
    ask(place, entry(server))
    (place.root.parent / "raw" / "a" / "a.html.meta.yml").write_text("accessed_on: 2020-01-01\n", encoding="utf-8")
    before = documents(place)
    ((came,), _) = ask(place, entry(server))
    assert came.outcome == "unchanged"
    assert documents(place) == before


def test_a_changed_page_replaces_the_document_and_keeps_what_people_wrote_beside_it(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply()
    ask(place, entry(server))
    side_car = place.root.parent / "raw" / "a" / "a.html.meta.yml"
    side_car.write_text("publisher: the city\naccessed_on: 2020-01-01\n", encoding="utf-8")
    server.answers["/a"] = reply(body=PAGE + b"<p>more</p>")
    ((came,), _) = ask(place, entry(server))
    assert came.outcome == "landed"
    assert documents(place)["a/a.html"].endswith(b"<p>more</p>")
    facts = yaml.safe_load(side_car.read_bytes())
    assert facts["publisher"] == "the city"
    assert str(facts["accessed_on"]) != "2020-01-01"


def test_a_document_taken_out_on_purpose_does_not_come_back_until_the_source_changes(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply()
    ask(place, entry(server))
    for path in (place.root.parent / "raw" / "a").iterdir():
        path.unlink()
    ask(place, entry(server))
    assert documents(place) == {}
    server.answers["/a"] = reply(body=PAGE + b"<p>more</p>")
    ask(place, entry(server))
    assert "a/a.html" in documents(place)


@pytest.fixture
def graph(server: Server, place: Warehouse, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The remote part of the graph as a code location loads it, with two sources listed; one lies in raw already, one was taken out."""
    raw = place.root.parent / "raw"
    server.answers |= {"/a": reply(ETag='"1"'), "/b": reply(ETag='"2"')}
    ask(place, entry(server), entry(server, "b", "/b"))
    (raw / "a" / "a.html").unlink()
    server.asked.clear()
    monkeypatch.setenv("JIQUN_RAW", str(raw))
    monkeypatch.setenv("JIQUN_WAREHOUSE", str(place.root))
    spec = find_spec("orchestration.defs.remote")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_listed_source_is_an_asset_with_freshness_of_its_own(graph: ModuleType) -> None:
    specs = {spec.key.to_user_string(): spec for spec in graph.remote_sources.specs}
    assert specs.keys() == {"remote_sources", "remote/a", "remote/b"}
    assert all(spec.freshness_policy for spec in specs.values())


def test_a_chosen_source_is_fetched_in_full_and_the_others_are_not_asked(graph: ModuleType, server: Server, place: Warehouse) -> None:
    result = dg.materialize([graph.remote_sources], selection=[dg.AssetKey(["remote", "a"])])
    assert [event.asset_key.path[-1] for event in result.get_asset_materialization_events()] == ["a"]
    assert [path for path, _ in server.asked] == ["/a"]
    assert "If-None-Match" not in server.asked[0][1]
    assert documents(place)["a/a.html"] == PAGE


def test_the_hourly_job_asks_every_source_for_what_is_new_leaves_out_who_failed_and_tells_of_it(
    graph: ModuleType, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/b"] = reply(404)
    hook = Hook()
    with serving(hook.server) as port:
        monkeypatch.setenv("JIQUN_ALERT_WEBHOOK", f"http://127.0.0.1:{port}")
        result = dg.materialize([graph.remote_sources])
    assert [(told["kind"], told["what"]) for told in hook.got] == [("source unreachable", "b")]
    assert {event.asset_key.path[-1] for event in result.get_asset_materialization_events()} == {"remote_sources", "a"}
    assert {path: headers.get("If-None-Match") for path, headers in server.asked} == {"/a": '"1"', "/b": '"2"'}


def test_a_list_that_cannot_be_read_keeps_no_graph_from_loading(graph: ModuleType, place: Warehouse) -> None:
    (place.root.parent / "raw" / "sources.yml").write_text("- [unclosed", encoding="utf-8")
    spec = find_spec("orchestration.defs.remote")
    spec.loader.exec_module(graph)
    assert [spec.key.to_user_string() for spec in graph.remote_sources.specs] == ["remote_sources"]


def test_a_source_of_any_name_that_may_stand_in_the_list_is_an_asset(graph: ModuleType, server: Server, place: Warehouse) -> None:
    (place.root.parent / "raw" / "sources.yml").write_text(
        yaml.safe_dump([entry(server, name) for name in ("温岭-news", "温州-news", "a-b", "a_b")]), encoding="utf-8"
    )
    find_spec("orchestration.defs.remote").loader.exec_module(graph)
    result = dg.materialize([graph.remote_sources])
    assert len(result.get_asset_materialization_events()) == 5


def test_a_busy_server_is_asked_again(server: Server, place: Warehouse) -> None:
    answers = iter([reply(503), reply(500), reply()])

    def answer(request: BaseHTTPRequestHandler) -> None:
        next(answers)(request)

    server.answers["/a"] = answer
    ((came,), _) = ask(place, entry(server))
    assert came.outcome == "landed"
    assert len(server.asked) == 3


def test_what_will_not_go_away_is_asked_once(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply(403)
    ask(place, entry(server))
    assert len(server.asked) == 1


BROKEN: dict[str, tuple[Answer, str, str]] = {
    "500": (reply(500), "a.html", "500"),
    "gone": (reply(404), "a.html", "404"),
    "hangs": (hang, "a.html", "timed out"),
    "drips": (drip, "a.html", "not done after 2 seconds"),
    "cut off": (cut, "a.html", "IncompleteRead"),
    "redirects in a loop": (reply(302, b"", Location="/a"), "a.html", "redirects more than 5 times"),
    "redirects to a file": (reply(302, b"", Location="file:///etc/hostname"), "a.html", "InvalidSchema"),
    "too large": (reply(body=PAGE + b" " * 20_000), "a.html", "more than 10,000 bytes"),
    "sends nothing": (reply(body=b""), "a.html", "sends nothing"),
    "changed type": (reply(Content_Type="application/pdf"), "a.html", "application/pdf"),
    "a page where a PDF was": (reply(), "a.pdf", "text/html"),
    "a page that calls itself a PDF": (reply(Content_Type="application/pdf"), "a.pdf", "no application/pdf"),
    "a page that calls itself text": (reply(Content_Type="text/plain"), "a.txt", "no text/plain"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_source_is_named_the_others_land_and_what_it_said_before_stays(server: Server, place: Warehouse, case: str) -> None:
    answer, file_name, named = BROKEN[case]
    server.answers |= {"/a": answer, "/good": reply()}
    before = place.root.parent / "raw" / "a" / file_name
    before.parent.mkdir()
    before.write_bytes(b"what it said before")
    (broken, good), told = ask(place, entry(server, file_name=file_name), entry(server, "good", "/good"))
    assert (broken.outcome, good.outcome) == ("failed", "landed")
    assert named in broken.detail
    assert documents(place)[f"a/{file_name}"] == b"what it said before"
    assert list(before.parent.iterdir()) == [before]
    (text,) = told
    assert "source unreachable: a" in text
    assert "no release was ever made" in text


def test_of_ten_gigabytes_no_more_is_taken_than_is_allowed(server: Server, place: Warehouse) -> None:
    sent = 0

    def flood(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.send_header("Content-Length", "10000000000")
        request.end_headers()
        with suppress(ConnectionError):
            for _ in range(10_000):
                sent += request.wfile.write(b"x" * 1_000_000)

    server.answers["/a"] = flood
    raw = place.root.parent / "raw"
    (raw / "sources.yml").write_text(yaml.safe_dump([entry(server)]), encoding="utf-8")
    ((came,), _) = ask_all(raw, place)
    assert "more than 67,108,864 bytes" in came.detail
    assert sent < 100_000_000
    assert documents(place) == {}
    assert list((raw / "a").iterdir()) == []


def test_people_are_told_once_a_day_and_again_after_it_worked(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply(404)
    assert [len(ask(place, entry(server))[1]) for _ in range(3)] == [1, 0, 0]
    server.answers["/a"] = reply()
    assert ask(place, entry(server))[1] == []
    server.answers["/a"] = reply(404)
    assert len(ask(place, entry(server))[1]) == 1


def test_a_clock_set_back_does_not_silence_a_failing_source(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply(404)
    ask(place, entry(server))
    state = place.root / "remote.json"
    state.write_text(state.read_text(encoding="utf-8").replace('"told_at": "20', '"told_at": "30'), encoding="utf-8")
    assert len(ask(place, entry(server))[1]) == 1


def test_an_unknown_key_is_an_error_of_its_source_only(server: Server, place: Warehouse) -> None:
    server.answers["/a"] = reply()
    (wrong, good), told = ask(place, entry(server, "b") | {"titel": "x"}, entry(server))
    assert (wrong.outcome, good.outcome) == ("failed", "landed")
    assert "'titel'" in told[0]


@pytest.mark.parametrize("text", ["{not json", "[]", '{"a": {"of": "another version"}}'])
def test_a_memory_that_cannot_be_read_is_made_again(server: Server, place: Warehouse, text: str) -> None:
    place.root.mkdir()
    (place.root / "remote.json").write_text(text, encoding="utf-8")
    server.answers["/a"] = reply()
    assert ask(place, entry(server))[0][0].outcome == "landed"


def test_any_location_of_fsspec_lands_and_is_not_read_again_while_it_is_the_same(place: Warehouse, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere.html"
    there.write_bytes(PAGE)
    source = {"name": "a", "url": there.as_uri(), "file_name": "a.html"}
    assert [ask(place, source)[0][0].outcome for _ in range(2)] == ["landed", "unchanged"]
    there.write_bytes(PAGE + b"<p>more</p>")
    assert ask(place, source)[0][0].outcome == "landed"
    there.unlink()
    ((came,), _) = ask(place, source)
    assert "no such file" in came.detail
    assert documents(place)["a/a.html"].endswith(b"<p>more</p>")


def test_every_document_below_a_folder_lands_once_and_none_goes_when_it_goes_there(place: Warehouse, tmp_path: Path) -> None:
    there = tmp_path / "share"
    for name in ("a.html", "2019/b.html", "2019/b.html.meta.yml", ".hidden/c.html", "README.md"):
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(PAGE + name.encode())
    folder = {"name": "share", "url": f"{there.as_uri()}/", "title": "鞋业"}
    (first,), _ = ask(place, folder)
    assert (first.outcome, first.detail) == ("landed", "2 of 2 documents")
    landed = documents(place)
    assert landed.keys() == {f"share/{name}" for name in ("a.html", "a.html.meta.yml", "2019/b.html", "2019/b.html.meta.yml")}
    assert yaml.safe_load(landed["share/2019/b.html.meta.yml"])["title"] == "鞋业"
    (there / "a.html").unlink()
    (there / "2019" / "b.html").write_bytes(PAGE + b"more")
    (second,), _ = ask(place, folder)
    assert second.detail == "1 of 1 documents"
    assert documents(place)["share/2019/b.html"] == PAGE + b"more"
    assert documents(place)["share/a.html"] == landed["share/a.html"]
    assert ask(place, folder)[0][0].outcome == "unchanged"


def test_a_document_of_a_folder_that_cannot_be_taken_is_named_and_the_others_land(place: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.pdf").write_bytes(PAGE)
    (tmp_path / "share" / "b.html").write_bytes(PAGE)
    ((came,), told) = ask(place, {"name": "share", "url": f"{(tmp_path / 'share').as_uri()}/"})
    assert came.outcome == "failed"
    assert "no application/pdf" in told[0]
    assert "share/b.html" in documents(place)


def test_a_folder_that_is_not_there_deletes_nothing(place: Warehouse, tmp_path: Path) -> None:
    ((came,), told) = ask(place, {"name": "share", "url": f"{(tmp_path / 'gone').as_uri()}/"})
    assert (came.outcome, len(told)) == ("failed", 1)
    assert "no such folder" in came.detail


@pytest.mark.parametrize(("url", "named"), [("nonsense://x/y", "nonsense"), ("s3://bucket/key.html", "s3fs")])
def test_a_kind_of_location_that_cannot_be_used_says_what_is_missing(place: Warehouse, url: str, named: str) -> None:
    ((came,), _) = ask(place, {"name": "a", "url": url, "file_name": "a.html"})
    assert named in came.detail


def test_a_password_in_an_address_is_neither_told_nor_written_down(place: Warehouse, server: Server) -> None:
    server.answers["/a"] = reply()
    with_password = entry(server) | {"url": server.url("/a").replace("//", "//me:hunter2@")}
    ((came,), _) = ask(place, with_password)
    assert came.outcome == "landed"
    server.answers["/a"] = reply(500)
    ((failed,), told) = ask(place, with_password)
    everything = f"{failed} {told} {documents(place)} {(place.root / 'remote.json').read_text(encoding='utf-8')}"
    assert "hunter2" not in everything
