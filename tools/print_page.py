"""Print a review's report as reports/review.pdf, with Chromium where it is installed; links are kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-pdf-header-footer",
)
TIME_LIMIT = 300


def find_browser() -> str:
    """Return the browser that CHROMIUM names, or the first that is installed; "" when there is none."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), "")


def print_page(page: Path, browser: str) -> Path:
    """Print a page beside itself, whole or not at all, and return where it is.

    Raises
    ------
    OSError
        When the browser did not print.
    """
    target = page.with_suffix(".pdf")
    # A browser that an administrator runs refuses its own sandbox.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="howlong-pdf-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "page.pdf"
        flags = [*FLAGS, *sandbox, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        try:
            done = subprocess.run(
                [browser, *flags, page.resolve().as_uri()],
                capture_output=True,
                text=True,
                timeout=TIME_LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise OSError(f"took longer than {TIME_LIMIT} seconds") from None
        if not made.exists():
            raise OSError(f"ended with {done.returncode} and printed nothing")
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(made, part)
        os.replace(part, target)
    return target


def main(review: Path) -> str:
    """Print a review's report; return one line that says what is wrong, "" when nothing is."""
    page, browser = review / "reports" / "review.html", find_browser()
    if not page.exists():
        return f"{page}: must be there, is not. Run make report first."
    if not browser:
        return "pdf: needs Chromium or Chrome, found none. Install one, or name it: make pdf CHROMIUM=/path/to/chromium"
    try:
        target = print_page(page, browser)
    except OSError as error:
        return f"pdf: {browser} must print the page, {error}. Open {page} in a browser and print it there."
    print(f"pdf: {target} ({target.stat().st_size / 1e6:.1f} MB)")
    return ""


if __name__ == "__main__":
    trouble = main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    if trouble:
        print(trouble, file=sys.stderr)
        raise SystemExit(1)
