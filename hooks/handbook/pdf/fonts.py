"""The variable Noto Sans SC of a package -> two static fonts in the cache, which is all that printing needs.

Knows nothing of PDF. No font of the system is used, so every machine prints the same.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from handbook.files import Unwritable
from handbook.problems import Unpublishable

FAMILY = "Noto Sans SC"
_PACKAGE = "justmytype_intl_cjk"
_SOURCE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_WEIGHTS = {"Regular": 400, "Bold": 700}
_NAMES_OF_VARIATIONS = (3, 25)


@dataclass(frozen=True)
class Fonts:
    """Regular (400) and bold (700) as TrueType files, and a configuration that knows these two fonts only."""

    folder: Path
    digest: str
    """Of the font they were cut from."""

    @property
    def configuration(self) -> Path:
        """A file for FONTCONFIG_FILE."""
        return self.folder / "fonts.conf"

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that can be printed."""
        return frozenset((self.folder / "characters.txt").read_text(encoding="utf-8"))


def static_fonts(cache: Path, progress: Callable[[str], None] = lambda _: None) -> Fonts:
    """Return the fonts under `cache`, cut there once per version of the package (half a minute).

    `progress` is told, in Chinese, of what takes time. Raises Unpublishable without the package or the space.
    """
    source = _source()
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    fonts = Fonts(cache.resolve() / digest[:16], digest)
    if not fonts.folder.is_dir():
        progress("准备字体，约半分钟，只做一次")
        try:
            _cut(source, fonts)
        except OSError as error:
            raise Unwritable(fonts.folder, error) from None

    return fonts


def _source() -> Path:
    found = find_spec(_PACKAGE)
    folder = Path(found.origin).parent if found and found.origin else Path()
    if not (folder / _SOURCE).is_file():
        raise Unpublishable("没有安装中文字体包 justmytype-intl-cjk，PDF 无法生成；请运行 `make setup`。")

    return folder / _SOURCE


def _cut(source: Path, fonts: Fonts) -> None:
    """Fill the folder of fonts in one step: nobody ever sees half of it."""
    fonts.folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="cutting-", dir=fonts.folder.parent))
    try:
        for style, weight in _WEIGHTS.items():
            _cut_one(source, weight, beside / f"NotoSansSC-{style}.ttf")
        (beside / "characters.txt").write_text(_characters(source), encoding="utf-8")
        (beside / fonts.configuration.name).write_text(_configuration(fonts.folder), encoding="utf-8")
        beside.chmod(0o755)
        beside.rename(fonts.folder)
    except OSError:
        if not fonts.folder.is_dir():  # another process may have been faster
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _cut_one(source: Path, weight: int, target: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(source, lazy=True, recalcTimestamp=False) as variable:
        font = instantiateVariableFont(variable, {"wght": weight}, inplace=True, updateFontNames=True)
        for number in _NAMES_OF_VARIATIONS:
            font["name"].removeNames(nameID=number)
        del font["STAT"]
        font.save(target)


def _characters(source: Path) -> str:
    """Return what every weight has: kept as text, since reading it from the font takes 20 MB each time."""
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        return "".join(map(chr, sorted(font.getBestCmap().keys() - range(0xD800, 0xE000))))


def _configuration(folder: Path) -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig><dir>{escape(os.fspath(folder))}</dir>"
        f"<cachedir>{escape(os.fspath(folder / 'index'))}</cachedir></fontconfig>\n"
    )
