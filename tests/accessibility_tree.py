"""Read the accessibility tree that a browser makes of a page: what a screen reader is given."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect


@dataclass
class Node:
    """One thing that is read: its role, its name, its level as a heading, and what it holds."""

    role: str
    name: str
    level: int = 0
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield this and all that it holds, in the order in which it is read."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *roles: str) -> list[Node]:
        """Return what is inside that has one of these roles."""
        return [node for node in self.walk() if node.role in roles]


def read_tree(browser: list[str], page: Path, profile: Path, width: int) -> Node:
    """Open a page in a browser at a width and return its tree."""
    command = [*browser, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return asyncio.run(ask_tree(open_tab(profile), page, width))
    finally:
        process.terminate()
        process.wait(timeout=20)


def open_tab(profile: Path) -> str:
    """Open a tab, once the browser has said on which port it listens, and return the address to speak to it."""
    path = profile / "DevToolsActivePort"
    for _ in range(200):
        if path.exists() and "\n" in path.read_text():
            address = f"http://127.0.0.1:{path.read_text().split()[0]}/json/new?about:blank"
            with urllib.request.urlopen(urllib.request.Request(address, method="PUT")) as answer:
                return str(json.load(answer)["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise TimeoutError(f"{path}: must name the browser's port, is not there. Open the page by hand.")


async def ask_tree(address: str, page: Path, width: int) -> Node:
    """Ask for the tree of a page."""
    tab = await websocket_connect(address, max_message_size=200_000_000)
    numbers = itertools.count(1)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    await call(tab, next(numbers), "Emulation.setDeviceMetricsOverride", **size)
    await call(tab, next(numbers), "Accessibility.enable")
    await call(tab, next(numbers), "Page.navigate", url=page.as_uri())
    for _ in range(100):
        state = await call(tab, next(numbers), "Runtime.evaluate", expression="location.protocol + document.readyState")
        if state["result"]["value"] == "file:complete":
            break
        await asyncio.sleep(0.1)
    found = await call(tab, next(numbers), "Accessibility.getFullAXTree")
    return make_node({raw["nodeId"]: raw for raw in found["nodes"]}, found["nodes"][0]["nodeId"])[0]


async def call(tab: WebSocketClientConnection, number: int, method: str, **parameters: Any) -> dict[str, Any]:
    """Call one method of the browser's protocol and return its result."""
    await tab.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
    while True:
        message = json.loads(str(await tab.read_message()))
        if message.get("id") == number:
            return dict(message["result"])


def make_node(raw: dict[str, Any], name: str) -> list[Node]:
    """Turn one raw node into nodes; what is ignored gives way to what it holds."""
    one = raw[name]
    children = [node for child in one.get("childIds", []) if child in raw for node in make_node(raw, child)]
    if one.get("ignored"):
        return children
    role, said = (str(one.get(key, {}).get("value", "")) for key in ("role", "name"))
    level = next((item["value"]["value"] for item in one.get("properties", []) if item["name"] == "level"), 0)
    return [Node(role, said, int(level), children)]
