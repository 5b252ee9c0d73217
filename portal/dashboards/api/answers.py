"""Figures as REST says them."""

from datetime import datetime
from typing import Any

from portal.dashboards.measures import Wish
from portal.dashboards.models import DossierFact, FrozenReport, PetitionFact
from portal.dashboards.queries import figures
from portal.dashboards.queries.comparing import lines_of
from portal.dashboards.queries.figures import Flow, Stock
from portal.dashboards.queries.opened import ask_as_of, published, published_share
from portal.dashboards.queries.places import Place
from portal.dashboards.queries.reading import answers

Json = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def flow(value: Flow) -> Json:
    return {
        "received": value.received,
        "online": value.online,
        "digitised": value.digitised,
        "reused": value.reused,
        "finished": value.finished,
        "onTime": value.on_time,
        "late": value.late,
    }


def stock(value: Stock) -> Json:
    return {
        "open": value.open,
        "overdue": value.overdue,
        "dueSoon": value.due_soon,
        "paused": value.paused,
        "waiting": value.waiting,
    }


def statistics(place: Place, wish: Wish) -> Json:
    came, stand, whole, now, times, causes, as_of = answers(
        figures.ask_by_unit(wish),
        figures.ask_stocks_by_unit(wish),
        figures.ask_flow(wish),
        figures.ask_stock(wish),
        figures.ask_times(wish),
        figures.ask_causes(wish),
        ask_as_of(),
    )
    return {
        "unitId": place.unit_id,
        "fullName": place.name,
        "periodCode": wish.period.code,
        "role": wish.role.value,
        "asOfAt": moment(as_of),
        "period": flow(whole),
        "now": stock(now),
        "medianMinutes": times.median,
        "ninthDecileMinutes": times.p90,
        "causes": [{"cause": cause.value, "number": number} for cause, number in causes.items()],
        "units": [
            {
                "unitId": row.unit_id,
                "fullName": row.name,
                "former": row.former,
                "period": flow(part),
                "now": stock(stands),
            }
            for row, part, stands in lines_of(place, came, stand)
        ],
    }


def dossier(row: DossierFact) -> Json:
    return {
        "id": str(row.pk),
        "code": row.code,
        "procedureCode": row.procedure.code,
        "state": row.state,
        "competentUnitId": row.competent_unit_id,
        "receivedAt": moment(row.received_at),
        "dueAt": moment(row.due_at),
        "finishedAt": moment(row.finished_at),
        "netMinutes": row.net_minutes,
        "late": row.late,
        "cause": row.cause,
    }


def petition(row: PetitionFact, *, late: bool) -> Json:
    return {
        "id": str(row.pk),
        "reference": row.reference,
        "unitId": row.unit_id,
        "type": row.kind,
        "state": row.state,
        "filedAt": moment(row.filed_at),
        "answerDueAt": moment(row.answer_due_at),
        "handledAt": moment(row.handled_at),
        "late": late,
        "repeated": row.repeated,
        "score": row.score,
    }


def _real(text: str | None) -> float | None:
    return float(text) if text is not None else None


def report(content: Json, kept: FrozenReport | None, *, as_of: datetime | None, may_freeze: bool) -> Json:
    return {
        "unitId": content["unit"],
        "periodCode": content["period"],
        "frozenAt": moment(kept.frozen_at) if kept else None,
        "asOfAt": moment(kept.frozen_at if kept else as_of),
        "score": float(content["score"]),
        "possible": content["possible"],
        "indicators": [
            {
                "id": line["id"],
                "name": line["name"],
                "groupName": group["name"],
                "numerator": line["numerator"],
                "denominator": line["denominator"],
                "ratio": _real(line["ratio"]),
                "target": _real(line["target"]),
                "points": line["points"],
                "score": _real(line["score"]),
                "meanDays": _real(line["mean_days"]),
                "why": line["why"],
            }
            for group in content["groups"]
            for line in group["lines"]
        ],
        "abilities": {"freeze": may_freeze},
    }


def open_unit(unit_id: int, name: str, value: Flow, smallest: int) -> Json:
    return {
        "unitId": unit_id,
        "fullName": name,
        "received": published(value.received, smallest).value,
        "finished": published(value.finished, smallest).value,
        "onTimeShare": published_share(value.on_time, value.finished, smallest).value,
        "onlineShare": published_share(value.online, value.received, smallest).value,
        "digitisedShare": published_share(value.digitised, value.received, smallest).value,
    }
