"""The part of xlreport that runs inside LibreOffice, in the office's own Python: it starts the real one and lets it connect back.

Copied into the extension; it must run without the package, on any Python 3 that an office brings.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import threading
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
import unohelper  # type: ignore[import-not-found]
from com.sun.star.task import XJobExecutor  # type: ignore[import-not-found]

SERVICE = "cn.xlreport.Buttons"
#: The pipe on which the office listens for us, once it does, and what listens; a secret name, open to this user only.
LISTENING: list[Any] = []


class Buttons(unohelper.Base, XJobExecutor):  # type: ignore[misc]
    """What the menu calls: “service:cn.xlreport.Buttons?validate”."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def trigger(self, function: str) -> None:
        """Start the button's work and return at once, since the work needs the office to go on running."""
        document = self.service("com.sun.star.frame.Desktop").getCurrentComponent()
        settings = self.settings()
        module = "xlreport.live.libreoffice.run"
        command = [settings["interpreter"], "-m", module, function, self.pipe(), document.RuntimeUID]
        # The office's own Python paths would lead another Python astray.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        environment["XLREPORT_UNO_PATH"] = str(Path(uno.__file__).parent)
        environment["PYTHONIOENCODING"] = "utf-8"
        try:
            process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        except OSError as error:
            self.say(settings["title"], f"找不到 xlreport 的 Python（{settings['interpreter']}）：{error}")
            return
        threading.Thread(target=self.watch, args=(process, settings["title"]), daemon=True).start()

    def watch(self, process: subprocess.Popen[bytes], title: str) -> None:
        """Show what the work could not say itself."""
        _, errors = process.communicate()
        if process.returncode:
            lines = errors.decode("utf-8", "replace").strip().splitlines()
            self.say(title, lines[-1] if lines else f"xlreport 没有运行成功（{process.returncode}）")

    def pipe(self) -> str:
        """Return the name of the pipe on which the office listens."""
        if not LISTENING:
            name = f"xlreport-{secrets.token_hex(16)}"
            acceptor = self.service("com.sun.star.office.Acceptor")
            acceptor.initialize((f"pipe,name={name};urp;", True))
            LISTENING.extend((name, acceptor))
        return str(LISTENING[0])

    def settings(self) -> dict[str, str]:
        """Return what was decided when the extension was built."""
        provider = self.context.getValueByName(
            "/singletons/com.sun.star.deployment.PackageInformationProvider"
        )
        folder = Path(uno.fileUrlToSystemPath(provider.getPackageLocation("cn.xlreport.buttons")))
        found: dict[str, str] = json.loads((folder / "xlreport_settings.json").read_text("utf-8"))
        return found

    def say(self, title: str, text: str) -> None:
        """Show a message box over the window in front."""
        window = self.service("com.sun.star.frame.Desktop").getCurrentFrame().ContainerWindow
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "ERRORBOX")
        window.Toolkit.createMessageBox(window, kind, 1, title, text).execute()

    def service(self, name: str) -> Any:
        """Return a new instance of one of the office's services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Buttons, SERVICE, (SERVICE, "com.sun.star.task.Job"))
