"""Settings from the environment, typed, and refused at start when they are wrong.

Each field of :class:`Environment` is one variable ``ARREARS_<NAME>``; ``docs/reference/settings.md`` is made from them.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from arrears.channels.addresses import checked_address
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

PREFIX = "ARREARS_"
POSTGRES_VERSIONS = ("16", "18")


def source_root() -> Path | None:
    """Return the checkout we run from, or None when installed as a package."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").exists() and (root / "src" / "arrears").is_dir() else None


def default_home() -> Path:
    """Return where the embedded database and the key live when nothing else is said."""
    if root := source_root():
        return root / ".arrears"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "arrears"


@dataclass(frozen=True, slots=True)
class Environment:
    """What the surroundings decide."""

    home: Path = field(
        default_factory=default_home,
        metadata={"words": "Folder of the embedded database, its log and the secret key."},
    )
    database_url: str = field(
        default="",
        metadata={"words": "postgresql:// address of a database of your own; empty means the embedded one."},
    )
    owner_url: str = field(
        default="",
        metadata={"words": "The same database as its owner; only `arrears migrate` needs it."},
    )
    database_name: str = field(default="arrears", metadata={"words": "Name of the database in the embedded server."})
    postgres_version: str = field(
        default="18",
        metadata={"words": "Version of the embedded PostgreSQL: 16 or 18; a new home is made with it."},
    )
    secret_key: str = field(
        default="",
        metadata={
            "words": "At least 32 characters. Signs sessions, encrypts identifiers, derives role passwords; "
            "empty means the key kept in the home folder."
        },
    )
    allowed_hosts: tuple[str, ...] = field(
        default=("127.0.0.1", "localhost", "[::1]"),
        metadata={"words": "Host names the site answers to, separated by commas."},
    )
    secure: bool = field(
        default=False,
        metadata={"words": "1 where the site is reached by HTTPS: cookies and redirects then insist on it."},
    )
    debug: bool = field(default=False, metadata={"words": "1 shows tracebacks on pages. Never with real data."})
    payments_key: str = field(
        default="",
        repr=False,
        metadata={"words": "Secret key of the payment provider (Stripe). Empty: no link and no debit is offered."},
    )
    payments_webhook_secret: str = field(
        default="",
        repr=False,
        metadata={
            "words": "The provider's signing secret for messages to /takings/events/. Empty: none is taken in, and "
            "`arrears takings round` asks instead."
        },
    )
    payments_address: str = field(
        default="",
        metadata={"words": "Address of the provider's API: HTTPS, or a sandbox on this machine. Empty: Stripe's own."},
    )
    mail_address: str = field(
        default="",
        metadata={
            "words": "Mail server: smtps://host, or smtp://host (encrypted by STARTTLS, or on this machine). "
            "Empty: no e-mail is sent."
        },
    )
    mail_from: str = field(default="", metadata={"words": "Address that e-mail comes from, and that answers go to."})
    mail_bounces: str = field(
        default="",
        metadata={
            "words": "Address that e-mail comes back to which cannot be delivered; a * in it stands for our reference, "
            "as in bounces+*@example.com. Empty: the address it comes from."
        },
    )
    mail_user: str = field(default="", metadata={"words": "Name to sign in to the mail server with, where it asks."})
    mail_password: str = field(default="", repr=False, metadata={"words": "Password for the mail server."})
    texts_address: str = field(
        default="",
        metadata={"words": "Gateway for text messages: HTTPS, or a sandbox on this machine. Empty: no text is sent."},
    )
    texts_key: str = field(default="", repr=False, metadata={"words": "Key of the gateway for text messages."})
    post_folder: str = field(
        default="",
        metadata={
            "words": "Folder into which letters are put as PDF, for a printer or a print shop. Empty: no letter goes."
        },
    )
    packs: Path | None = field(
        default=None,
        metadata={"words": "Folder of compliance rules of your own, beside those that ship; empty for none."},
    )
    data: str = field(
        default="../shared/data",
        metadata={"words": "Folder of real data sets for the tests that read them in place."},
    )

    def postgres_home(self) -> Path:
        """Return the embedded server's own folder, one for each major version."""
        return self.home / f"postgres-{self.postgres_version}"

    def key(self) -> str:
        """Return the secret key: the one given, else the one kept in the home folder (made there once, mode 0600)."""
        return self.secret_key or _kept_key(self.home / "secret.key")

    def role_password(self, role: str) -> str:
        """Return the password of a database role on a server of your own: derived, so there is no second secret."""
        given = os.environ.get(f"{PREFIX}{role.removeprefix('arrears_').upper()}_PASSWORD")
        return given or hashlib.sha256(f"{self.key()}:{role}".encode()).hexdigest()


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(os.urandom(32).hex())
        try:
            os.link(fresh, path)  # of two first starts at once, one link wins and both read the winner
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def read(variables: Mapping[str, str]) -> Environment | list[Problem]:
    """Return the settings, or every problem in them at once."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for setting in fields(Environment):
        name = f"{PREFIX}{setting.name.upper()}"
        if (said := variables.get(name, "").strip()) == "":
            continue
        value = _typed(setting.name, said)
        if isinstance(value, Text):
            problems.append(Problem("setting-wrong", value, _REMEDY, Where(field=name)))
        else:
            values[setting.name] = value
    return problems or Environment(**values)  # type: ignore[arg-type]


_REMEDY = Text(
    "Correct the variable, or unset it to use the default (docs/reference/settings.md).",
    "Corrija la variable, o quítela para usar el valor por omisión (docs/reference/settings.md).",
    "请更正该变量，或取消设置以使用默认值（docs/reference/settings.md）。",
)
_SHORTEST_KEY = 32


def _typed(name: str, said: str) -> object:
    """Return the value of one variable, or the reason why it is none."""
    reader = _READERS.get(name)
    return reader(said) if reader else said


def _switch(said: str) -> bool | Text:
    return said == "1" if said in {"0", "1"} else Text("It must be 0 or 1.", "Debe ser 0 o 1.", "必须是 0 或 1。")


def _version(said: str) -> str | Text:
    wrong = Text("It must be 16 or 18.", "Debe ser 16 o 18.", "必须是 16 或 18。")
    return said if said in POSTGRES_VERSIONS else wrong


def _url(said: str) -> str | Text:
    wrong = Text("It must begin with postgresql://.", "Debe empezar por postgresql://.", "必须以 postgresql:// 开头。")
    return said if urlsplit(said).scheme in {"postgresql", "postgres"} else wrong


def _folder(path: Path) -> Path | Text:
    wrong = Text("There is no such folder.", "No existe esa carpeta.", "没有该文件夹。")
    return path if path.is_dir() else wrong


def _secret(said: str) -> str | Text:
    wrong = Text("It is shorter than 32 characters.", "Tiene menos de 32 caracteres.", "少于 32 个字符。")
    return said if len(said) >= _SHORTEST_KEY else wrong


def _mail_server(said: str) -> str | Text:
    parts = urlsplit(said)
    wrong = Text(
        "It must begin with smtps:// or smtp:// and name a server.",
        "Debe empezar por smtps:// o smtp:// y nombrar un servidor.",
        "必须以 smtps:// 或 smtp:// 开头并写明服务器。",
    )
    return said.rstrip("/") if parts.scheme in {"smtp", "smtps"} and parts.hostname else wrong


def _mailbox(said: str) -> str | Text:
    name, at, host = said.partition("@")
    wrong = Text("It must be an e-mail address.", "Debe ser una dirección de correo.", "必须是电子邮件地址。")
    return said if name and at and host and not any(mark in said for mark in " <>,\r\n") else wrong


def _provider(said: str) -> str | Text:
    try:
        return checked_address(said)
    except ValueError:
        return Text(
            "It must begin with https://, or be a sandbox on this machine.",
            "Debe empezar por https://, o ser un entorno de pruebas de esta máquina.",
            "必须以 https:// 开头，或为本机沙箱。",
        )


_READERS: dict[str, Callable[[str], object]] = {
    "home": lambda said: Path(said).expanduser().resolve(),
    "packs": lambda said: _folder(Path(said).expanduser().resolve()),
    "allowed_hosts": lambda said: tuple(host.strip() for host in said.split(",") if host.strip()),
    "secure": _switch,
    "debug": _switch,
    "postgres_version": _version,
    "database_url": _url,
    "owner_url": _url,
    "secret_key": _secret,
    "payments_address": _provider,
    "mail_address": _mail_server,
    "mail_from": _mailbox,
    "mail_bounces": _mailbox,
    "texts_address": _provider,
    "post_folder": lambda said: str(Path(said).expanduser().resolve()),
}


def current() -> Environment:
    """Return this process's settings; exits with all problems when one is wrong."""
    found = read(os.environ)
    if isinstance(found, list):
        raise SystemExit("\n".join(problem.said_in(os.environ.get("LANG", "en")) for problem in found))
    return found
