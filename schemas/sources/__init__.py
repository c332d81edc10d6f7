"""The sources, as an explicit tuple: a new one is a file here and a line below."""

from schemas.source import Source, spec
from schemas.sources.graduate_destination import GraduateDestination
from schemas.sources.member_departure import MemberDeparture
from schemas.sources.monitored_job import MonitoredJob
from schemas.sources.monitored_person import MonitoredPerson
from schemas.sources.school_register import SchoolRegister
from schemas.sources.yulu_module import YuluModule
from schemas.sources.yulu_payment import YuluPayment
from schemas.sources.yulu_roster import YuluRoster
from schemas.spec import SourceSpec

SOURCES: tuple[type[Source], ...] = (
    MonitoredPerson,
    YuluRoster,
    MemberDeparture,
    YuluPayment,
    MonitoredJob,
    SchoolRegister,
    GraduateDestination,
    YuluModule,
)
SPECS: tuple[SourceSpec, ...] = tuple(spec(source) for source in SOURCES)

__all__ = ["SOURCES", "SPECS"]
