"""The pictures of one document as files, for the time that Typst reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from partner.documents.dots import PictureKind


@dataclass
class PictureFiles:
    """The files that the typesetter reads, by name; the same picture is one file."""

    contents: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def take(self, content: bytes, kind: PictureKind) -> str:
        """The name of the file."""
        if content not in self._names:
            self._names[content] = f"picture-{len(self._names) + 1}.{kind}"
            self.contents[self._names[content]] = content
        return self._names[content]

    @contextmanager
    def beside(self, templates: Path) -> Iterator[Path]:
        """The folder that Typst may read: the templates, with the pictures beside them where there are any."""
        if not self.contents:
            yield templates
            return
        with TemporaryDirectory() as folder:
            for template in templates.glob("*.typ"):
                copyfile(template, Path(folder) / template.name)
            for name, content in self.contents.items():
                (Path(folder) / name).write_bytes(content)
            yield Path(folder)
