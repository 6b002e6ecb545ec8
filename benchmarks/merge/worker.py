"""A worker: one engine in a process of its own, which reads its orders line by line as JSON.

Run by path, not as a module, so that an engine with an environment of its own can use it:

    python benchmarks/merge/worker.py docxtpl|zlib|isal

    {"do": "load", "name": "t1", "docx": PATH, "records": PATH}
    {"do": "one", "name": "t1", "record": 3}          → {"docx": base64}
    {"do": "turn", "name": "t1", "count": 7}          → {"cpu": seconds, "bytes": of the last}
    {"do": "cold", "name": "t1", "count": 7}          the same, each on a template never seen
    {"do": "bulk", "name": "t1", "count": 500, "target": PATH}
    {"do": "memory"}                                  → {"peak": bytes}

A value `{"picture": base64}` in a record becomes a picture of 20 mm.
"""

import base64
import io
import itertools
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

#: Replaced by another word of its length to make a template that no cache knows.
_MARK = b"Normal.dotm"


class Docxtpl:
    """docxtpl as its users call it: a new instance for each record, in a sandbox, escaping."""

    def __init__(self) -> None:
        from docxtpl import DocxTemplate, InlineImage
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        self.document, self.picture = DocxTemplate, InlineImage
        self.environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)

    def compile(self, docx: bytes) -> bytes:
        return docx

    def prepare(self, record: dict[str, Any]) -> dict[str, Any]:
        return record

    def render(self, docx: bytes, record: dict[str, Any]) -> bytes:
        document = self.document(io.BytesIO(docx))
        context = {
            name: self._place(document, value) if type(value) is Picture else value
            for name, value in record.items()
        }
        document.render(context, self.environment)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    def write_zip(self, target: Any, items: Iterator[tuple[str, bytes]]) -> None:
        with zipfile.ZipFile(target, "w") as package:
            for name, docx in items:
                package.writestr(name, docx)

    def _place(self, document: Any, picture: "Picture") -> Any:
        from docx.shared import Mm

        return self.picture(document, io.BytesIO(picture.content), width=Mm(20))


class Compiled:
    """Our compiled template, with one of the two ways to deflate."""

    def __init__(self, deflate: str) -> None:
        from doc_templates import merge

        self.merge, self.deflate = merge, merge.Deflate(deflate)

    def compile(self, docx: bytes) -> Any:
        return self.merge.compile_form(docx)

    def prepare(self, record: dict[str, Any]) -> dict[str, Any]:
        return {
            name: self.merge.Picture(content=value.content, width_mm=20)
            if type(value) is Picture
            else value
            for name, value in record.items()
        }

    def render(self, form: Any, record: dict[str, Any]) -> bytes:
        return self.merge.render(form, record, deflate=self.deflate)

    def write_zip(self, target: Any, items: Iterator[tuple[str, bytes]]) -> None:
        from doc_templates.merge import bulk

        bulk.write_zip(target, items)


class Picture:
    """A picture in a record, before an engine makes it its own."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


class Worker:
    """Carries out orders for one engine."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.docx: dict[str, bytes] = {}
        self.forms: dict[str, Any] = {}
        self.records: dict[str, list[dict[str, Any]]] = {}
        self.next: dict[str, Iterator[int]] = {}
        self.unseen = itertools.count()

    def load(self, name: str, docx: str, records: str) -> dict[str, Any]:
        with open(docx, "rb") as file:  # noqa: PTH123  a worker starts as small as it can
            self.docx[name] = file.read()
        with open(records, encoding="utf-8") as file:  # noqa: PTH123
            self.records[name] = [self.engine.prepare(_unpack(one)) for one in json.load(file)]
        self.forms[name] = self.engine.compile(self.docx[name])
        self.next[name] = itertools.cycle(range(len(self.records[name])))
        return {}

    def one(self, name: str, record: int) -> dict[str, Any]:
        made = self.engine.render(self.forms[name], self.records[name][record])
        return {"docx": base64.b64encode(made).decode()}

    def turn(self, name: str, count: int) -> dict[str, Any]:
        form, records, following = self.forms[name], self.records[name], self.next[name]
        render = self.engine.render
        made = b""
        started = time.process_time()
        for _ in range(count):
            made = render(form, records[next(following)])
        return {"cpu": time.process_time() - started, "bytes": len(made)}

    def cold(self, name: str, count: int) -> dict[str, Any]:
        unseen = [self._unseen(name) for _ in range(count)]
        records, following = self.records[name], self.next[name]
        started = time.process_time()
        for docx in unseen:
            self.engine.render(self.engine.compile(docx), records[next(following)])
        return {"cpu": time.process_time() - started, "bytes": 0}

    def bulk(self, name: str, count: int, target: str) -> dict[str, Any]:
        form, records, following = self.forms[name], self.records[name], self.next[name]
        items = (
            (f"{n:05d}.docx", self.engine.render(form, records[next(following)]))
            for n in range(count)
        )
        with open(target, "wb") as file:  # noqa: PTH123
            started = time.process_time()
            self.engine.write_zip(file, items)
            return {"cpu": time.process_time() - started, "bytes": file.tell()}

    def memory(self) -> dict[str, Any]:
        # Not getrusage: that one remembers the process from which this one was started.
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
            peak = next(line for line in file if line.startswith("VmHWM"))
        return {"peak": int(peak.split()[1]) * 1024}

    def _unseen(self, name: str) -> bytes:
        """Write the same template with a word of its own."""
        buffer = io.BytesIO()
        mark = f"Norm{next(self.unseen):07d}".encode()
        with (
            zipfile.ZipFile(io.BytesIO(self.docx[name])) as before,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
        ):
            for info in before.infolist():
                after.writestr(info, before.read(info).replace(_MARK, mark))
        return buffer.getvalue()


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"picture"}:
            return Picture(base64.b64decode(value["picture"]))
        return {name: _unpack(inner) for name, inner in value.items()}
    return [_unpack(inner) for inner in value] if isinstance(value, list) else value


def main() -> None:
    """Carry out orders until there are none."""
    kind = sys.argv[1]
    make: Callable[[], Any] = Docxtpl if kind == "docxtpl" else lambda: Compiled(kind)
    worker = Worker(make())
    for line in sys.stdin:
        order = json.loads(line)
        do = order.pop("do")
        try:
            answer = getattr(worker, do)(**order)
        except Exception as error:  # told to the one who ordered, who decides
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
