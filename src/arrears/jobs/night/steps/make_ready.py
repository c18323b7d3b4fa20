"""Make ready: the months of the big tables exist, and the rules to decide under are kept in the book."""

from arrears.domain.rule_settings import PackKind
from arrears.jobs.night.night import Night
from arrears.jobs.night.step import Figures, Step
from arrears.kernel.texts import Text
from arrears.packs import compliance
from arrears.store import partitions
from arrears.store.doors import rule_settings, runs


def run(night: Night) -> Figures:
    """Make partitions ahead and name the version of the rules; both change nothing when done again."""
    made = partitions.make_ahead(night.on, using=runs.ALIAS)
    desk = night.desk()
    runs.name_pack(night.run, desk.pack_version)
    pack = compliance.shipped()
    rule_settings.keep_pack(
        night.organisation.id,
        PackKind.SHIPPED,
        version=pack.version,
        content_hash=pack.content_hash,
        files=compliance.shipped_files(),
        now=night.decided_at,
        using=runs.ALIAS,
    )
    return {"months_made": made, "pack_version": desk.pack_version}


STEP = Step(20, "make_ready", Text("Make ready", "Preparar", "准备"), run)
