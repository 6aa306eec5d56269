"""What a file and the plan say of the newest approval: that this is it, or that it has changed since."""

from msgspec.structs import replace

from eventops.domain.keeping.approvals import ApprovalStanding
from eventops.domain.reporting.reports import Report
from eventops.domain.texts import Message, Text

APPROVED = Text(
    "as approved (No. {number}, {date})",
    fr="tel qu’approuvé (n° {number}, {date})",
    ar="كما تمت المصادقة عليه (رقم {number}، {date})",
)
CHANGED = Text(
    "differs from approval No. {number} of {date}",
    fr="diffère de l’approbation n° {number} du {date}",
    ar="يختلف عن المصادقة رقم {number} بتاريخ {date}",
)
UNSIGNED = Text(
    "approval No. {number} of {date}, not signed by everybody yet",
    fr="approbation n° {number} du {date}, pas encore signée par tous",
    ar="المصادقة رقم {number} بتاريخ {date}، لم يوقعها الجميع بعد",
)
HEADED = Text("{approval} · {heading}")


def approval_said(standing: ApprovalStanding | None) -> Message | None:
    """How a plan stands to the newest approval; None where nothing was approved."""
    if standing is None:
        return None
    text = CHANGED if not standing.same else APPROVED if standing.stands else UNSIGNED
    return Message(text, {"number": standing.number, "date": standing.on})


def with_approval(report: Report, standing: ApprovalStanding | None) -> Report:
    """The report whose every printed page says which approval it prints, first, since a long heading is cut at its end;
    a file for a program stays as it is."""
    said = approval_said(standing)
    if said is None or report.for_a_program:
        return report
    heading = Message(HEADED, {"heading": report.heading, "approval": said}) if report.heading else said
    return replace(report, heading=heading)
