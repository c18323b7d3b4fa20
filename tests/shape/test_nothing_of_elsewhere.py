"""The project speaks of itself alone: no secrets, no machine's paths, no addresses of package registries."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = {
    "a path of some machine": re.compile(r"(?<![\w.])/(?:work|home/\w+|Users/\w+|root)/"),
    "a package registry": re.compile(r"py(?:pi|thonhosted)\.org|registry\.npm|deb\.debian\.org|--(?:extra-)?index-url"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}
#: Read as bytes only.
PICTURES = {".png", ".ico", ".woff2"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).exists()]


def test_no_tracked_file_names_what_is_not_ours():
    found = []
    for path in tracked():
        if path.suffix in PICTURES or path == Path(__file__).resolve():
            continue
        words = path.read_text(errors="replace")
        found += [f"{path.relative_to(ROOT)}: {what}" for what, pattern in FOREIGN.items() if pattern.search(words)]
    assert not found


def test_no_tracked_file_is_large():
    assert not [path for path in tracked() if path.stat().st_size > 1_000_000]


def test_no_page_loads_anything_from_another_host():
    pages = (ROOT / "src" / "arrears" / "web").rglob("*.html")
    outside = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")
    assert not [page for page in pages if outside.search(page.read_text())]
