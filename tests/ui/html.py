"""Reads a page as a list of elements: enough to ask what is there, without a browser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "link", "meta", "br", "img", "hr", "source", "path", "circle", "rect"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: "Element | None" = None
    classes: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.classes


class Page(HTMLParser):
    def __init__(self, source: str | bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source.decode() if isinstance(source, bytes) else source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        parent = self._open[-1] if self._open else None
        element = Element(tag, attributes, inside=parent, classes=attributes.get("class", "").split())
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str = "", *, css: str = "", **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if (not tag or element.tag == tag)
            and (not css or element.has(css))
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", *, css: str = "", **attributes: str) -> Element:
        found = self.all(tag, css=css, **attributes)
        assert len(found) == 1, f"{len(found)} times {tag} {css} {attributes}"
        return found[0]

    def by_id(self, id_: str) -> Element:
        return self.one(id=id_)

    @property
    def title(self) -> str:
        return next(element for element in self.elements if element.tag == "title").text.strip()
