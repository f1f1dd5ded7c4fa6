"""The connection to a running LibreOffice. UNO comes from the office's own Python packages, never from ours."""

from __future__ import annotations

import builtins
import importlib
import os
import sys
from functools import cache
from typing import Any

from xlreport.errors import XlreportError

#: Where Debian and its kin keep the module ``uno``; the extension names the place where its own came from.
PATH_VARIABLE = "XLREPORT_UNO_PATH"
_USUAL_PATHS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
)


@cache
def uno() -> Any:
    """Return the module ``uno``; raises ``XlreportError`` where this Python cannot load it."""
    for path in filter(None, (os.environ.get(PATH_VARIABLE), *_USUAL_PATHS)):
        if path not in sys.path:
            # At the end, so that our own packages keep their precedence.
            sys.path.append(path)
    plain_import = builtins.__import__
    try:
        module = importlib.import_module("uno")
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise XlreportError(
            f"连接不上 LibreOffice：xlreport 用的 Python {version} 不能加载它的 uno 模块（{error}）；"
            "请安装 python3-uno，并用与 LibreOffice 相同版本的 Python 安装 xlreport。"
        ) from error
    finally:
        # uno puts its own __import__ in place, which disturbs other libraries and which we do not need.
        builtins.__import__ = plain_import
    _let_exceptions_travel(module)
    return module


def _let_exceptions_travel(module: Any) -> None:
    """The office's exceptions hand every attribute on to the office; Python's own ones (contextlib sets them) must stay here."""
    plain = module._uno_struct__setattr__

    def set_attribute(self: Any, name: str, value: Any) -> Any:
        if name.startswith("__") and isinstance(self, BaseException):
            return BaseException.__setattr__(self, name, value)
        return plain(self, name, value)

    module._uno_struct__setattr__ = set_attribute


def connect(pipe: str) -> Any:
    """Return the component context of the office that listens on the named pipe; raises ``XlreportError`` if none does."""
    local = uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    try:
        return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except Exception as error:
        raise XlreportError(
            "连接不上 LibreOffice：它没有在等待连接；请重新启动 LibreOffice 再试。"
        ) from error


def service(context: Any, name: str, *arguments: Any) -> Any:
    """Return a new instance of one of the office's services."""
    manager = context.ServiceManager
    if arguments:
        return manager.createInstanceWithArgumentsAndContext(name, arguments, context)
    return manager.createInstanceWithContext(name, context)


def struct(name: str, **values: Any) -> Any:
    """Return a UNO struct, by the last parts of its name (“table.BorderLine2”)."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for key, value in values.items():
        setattr(made, key, value)
    return made


def enum(name: str, value: str) -> Any:
    """Return a value of a UNO enumeration (“table.CellHoriJustify”, “CENTER”)."""
    return uno().Enum(f"com.sun.star.{name}", value)


def to_url(path: str) -> str:
    """Return the file URL of a path."""
    return str(uno().systemPathToFileUrl(path))


def to_path(url: str) -> str:
    """Return the path of a file URL; other URLs come back as they are."""
    return str(uno().fileUrlToSystemPath(url)) if url.startswith("file:") else url
