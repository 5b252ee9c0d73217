"""The rare ways, walked on purpose: together they pass through every state and along every line of every table."""

from collections.abc import Callable
from typing import Any

from portal.events.actors import System
from services.gateways import Said, Word
from services.models import Dossier, Payment, Petition, Refund
from services.money_states import MessageKind
from services.operations.hearing import keep_message
from services.operations.paying import expire_payment
from services.states import Capability, State
from tests.services.walk.deed import DEEDS
from tests.services.walk.walker import Walker
from tests.services.walk.who import citizens

Part = Callable[["Tour"], None]
ORDINARY = 6  # a pick with which no deed leaves its reason out


class Tour:
    """`do` takes the named deed on one thing, by whoever's turn it is; it fails when nobody's is."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.world = walker, walker.world

    def do(self, name: str, thing: Any = None, *, pick: int = ORDINARY, by: int = 0) -> Any:
        one = DEEDS[name]
        ready = [row for row in one.on(self.world) if _is(row, thing) and one.by(self.world, row)]
        assert ready, f"{name} has not its time: {thing} {getattr(thing, 'state', '')}"
        actors = one.by(self.world, ready[-1])
        before = self.walker.trail.last
        self.walker.take(one, ready[-1], actors[by % len(actors)], pick)
        assert self.walker.trail.last > before or name in {"pass_time", "work"}, f"{name} was refused"
        return self.fresh(thing) if isinstance(thing, Dossier | Petition) else None

    def fresh(self, thing: Any) -> Any:
        rows = self.world.look.dossiers if isinstance(thing, Dossier) else self.world.look.petitions
        return next(row for row in rows if row.pk == thing.pk)

    def work(self, times: int = 4) -> None:
        for _ in range(times):
            self.world.tick(seconds=20)
            if DEEDS["work"].by(self.world, None):
                self.do("work", pick=5)

    def filed(self, version: str, *, deed: str = "file_online", pick: int = ORDINARY) -> Dossier:
        self.do(deed, self.world.versions[version], pick=pick)
        return self.world.look.dossiers[-1]

    def received(self, version: str, **more: Any) -> Dossier:
        return self.do("receive", self.filed(version, **more), pick=1)  # type: ignore[no-any-return]  # a dossier

    def begun(self, version: str, **more: Any) -> Dossier:
        return self.do("take", self.received(version, **more))  # type: ignore[no-any-return]  # the same

    def decided(self, version: str, **more: Any) -> Dossier:
        return self.to_result(self.begun(version, **more))

    def to_result(self, dossier: Dossier) -> Dossier:
        """From the proposal to the issued result."""
        dossier = self.do("propose", dossier)
        if dossier.stage == "awaiting_citizen":
            self.do("agree", dossier)
            self.work()
        document = self.world.look.document(self.fresh(dossier))
        for name in ("review_content", "check_form", "approve_content", "order_signature"):
            document = self.world.look.document(self.fresh(dossier))
            if DEEDS[name].by(self.world, document):
                self.do(name, document)
        self.work()
        self.do("order_number_and_seal", self.world.look.document(self.fresh(dossier)))
        self.work()
        return self.fresh(dossier)  # type: ignore[no-any-return]  # a dossier


def _is(row: Any, thing: Any) -> bool:
    own = row[0] if isinstance(row, tuple) else row
    return thing is None or own == thing or getattr(own, "dossier_id", None) == getattr(thing, "pk", 0)


def births(tour: Tour) -> None:
    """Read by its citizen, objected to, agreed to; a number is waited for; wrong twice, and mended."""
    dossier = tour.begun("birth", pick=0)
    dossier = tour.do("propose", dossier)
    tour.do("take_back", dossier)
    tour.do("propose", dossier)
    tour.do("object_to", dossier)
    dossier = tour.to_result(dossier)
    tour.do("find_mistake", dossier)
    tour.do("find_nothing_wrong", dossier)
    tour.do("find_mistake", dossier)
    tour.do("begin_anew", dossier)
    tour.to_result(dossier)
    tour.do("hand_over_result", dossier)
    tour.do("find_mistake", dossier)
    tour.do("begin_anew", dossier)
    dossier = tour.to_result(dossier)
    assert dossier.state == State.DECIDED
    tour.do("hand_over_result", dossier)
    silent = tour.do("propose", tour.begun("birth", pick=0))
    for _ in range(3):
        tour.do("pass_time", pick=3)
    tour.work()
    assert tour.fresh(silent).stage != "awaiting_citizen"


def supplements(tour: Tour) -> None:
    dossier = tour.do("ask_at_reception", tour.filed("at once"))
    tour.do("answer_what_is_asked", dossier)
    tour.do("complete_what_is_asked", dossier)
    tour.do("receive", dossier, pick=1)
    tour.do("take", dossier)
    tour.do("ask_in_processing", dossier)
    tour.do("answer_what_is_asked", dossier)
    tour.do("complete_what_is_asked", dossier)
    tour.do("ask_in_processing", dossier)
    tour.do("pass_time", pick=39)
    assert tour.fresh(dossier).state == State.STOPPED


def ends(tour: Tour) -> None:
    """Withdrawn and stopped from everywhere; refused; sent on."""
    for end in ("take_away", "end_work"):
        for reach in (_submitted, _accepted, _processing, _supplement, _payment):
            _end(tour, end, reach(tour))
    tour.do("turn_down", tour.filed("at once"))
    tour.do("send_on", tour.filed("at once"))
    post = tour.decided("at once", pick=14)
    assert post.stage == "in_post"


def _end(tour: Tour, name: str, dossier: Dossier) -> None:
    """Past the turn that a walk waits for, so that not all of them end so."""
    stoppers = tour.world.able(Capability.STOP, dossier.competent_unit_id)
    actors = citizens(tour.world, dossier) if name == "take_away" else stoppers
    tour.walker.take(DEEDS[name], tour.fresh(dossier), actors[0], ORDINARY)


def _submitted(tour: Tour) -> Dossier:
    return tour.filed("at once")


def _accepted(tour: Tour) -> Dossier:
    return tour.received("at once")


def _processing(tour: Tour) -> Dossier:
    return tour.begun("at once")


def _supplement(tour: Tour) -> Dossier:
    return tour.do("ask_in_processing", _processing(tour))  # type: ignore[no-any-return]  # a dossier


def _payment(tour: Tour) -> Dossier:
    return tour.do("ask_for_money", tour.begun("paid first"))  # type: ignore[no-any-return]  # the same


def questions(tour: Tour) -> None:
    """One after the other and all at once; answered, and taken back while planned and while open."""
    dossier = tour.do("ask_others", tour.begun("clock stands"), pick=12)
    first, second = tour.world.look.consultations[-2:]
    assert (first.state, second.state) == ("open", "waiting")
    tour.do("need_no_answer", second)
    tour.do("give_answer", first)
    tour.do("ask_others", dossier, pick=12)
    first, second = tour.world.look.consultations[-2:]
    tour.do("give_answer", first)
    tour.do("need_no_answer", second)


def money(tour: Tour) -> None:
    """In every way there is: counted, failed, run out, come late, twice, and in another amount; and back."""
    for said, off in (
        ((Said.PAID, Said.SETTLED), 0), ((Said.FAILED, Said.PAID), 0), ((Said.FAILED, Said.PAID), 7), ((Said.PAID,), 7)
    ):  # fmt: skip
        _end(tour, "take_away", _hear(tour, *said, off=off))
    dossier = tour.filed("copies")
    for off, key in ((0, "A"), (7, "B")):
        tour.do("pay_online", dossier)
        tour.do("pass_time", pick=3)
        payment = _payments(dossier)[-1]
        assert payment.state in {"open", "expired"}
        tour.work()
        if payment.state == "open":
            _expire(tour, payment)
        _say(tour, payment, Said.PAID, off=off, key=f"{payment.reference}-{key}")
        if not off:
            tour.do("reckon_anew", dossier, pick=3)
    paid = _hear(tour, Said.PAID)
    _say(tour, _payments(paid)[-1], Said.PAID, key="twice")
    tour.do("see_it_settled", _payments(paid)[0])
    cash = tour.filed("copies")
    tour.do("count_cash", cash)
    tour.do("reckon_anew", cash, pick=4)
    back = Refund.objects.filter(dossier=cash).get()
    tour.do("give_money_back", back)
    tour.do("hand_money_back", back)
    _back(tour)
    waits = tour.do("ask_for_money", tour.begun("paid first", deed="file_at_desk"))
    tour.do("count_cash", waits)
    assert tour.fresh(waits).state == State.PROCESSING


def _expire(tour: Tour, payment: Payment) -> None:
    """The gateway said nothing until its time was over."""
    _directly(tour, lambda: expire_payment(payment_id=payment.pk, actor=System.RELAY, now=tour.world.now))


def _back(tour: Tour) -> None:
    """Through the gateway: done, refused and tried again, failed and kept; and what nobody wants back."""
    for picks, after in (((4,), "finish"), ((3, 4), "finish"), ((4,), "fail")):
        dossier = _hear(tour, Said.PAID)
        tour.do("reckon_anew", dossier, pick=4)
        refund = Refund.objects.filter(dossier=dossier).get()
        for pick in picks:
            tour.do("give_money_back", refund, pick=pick)
            tour.work()
        if Refund.objects.get(pk=refund.pk).state == "sent":
            tour.do("hear_of_refund", refund, pick=0 if after == "finish" else 1)
        _end(tour, "take_away", dossier)
    for tried in (False, True):
        dossier = _hear(tour, Said.PAID)
        _end(tour, "take_away", dossier)
        tour.work()
        refund = Refund.objects.filter(dossier=dossier).get()
        if tried:
            tour.do("give_money_back", refund, pick=3)
            tour.work()
        tour.do("keep_money", refund)


def _payments(dossier: Dossier) -> list[Payment]:
    return list(Payment.objects.filter(dossier=dossier).select_related("dossier").order_by("begun_at", "id"))


def _hear(tour: Tour, *said: Said, off: int = 0) -> Dossier:
    dossier = tour.filed("copies")
    tour.do("pay_online", dossier)
    payment = _payments(dossier)[-1]
    for number, word in enumerate(said, start=1):
        _say(tour, payment, word, off=off if number == len(said) else 0, key=f"{payment.reference}-1")
    return tour.fresh(dossier)  # type: ignore[no-any-return]  # a dossier


def _say(tour: Tour, payment: Payment, said: Said, *, key: str, off: int = 0) -> None:
    if said is not Said.FAILED:
        tour.world.bank.sent.setdefault(key, (str(payment.dossier_id), payment.amount + off))
    word = Word(payment.reference, said, payment.amount + off, bank_key=key)
    now = tour.world.tick()
    _directly(tour, lambda: keep_message(kind=MessageKind.NOTICE, word=word, raw={}, actor=System.RELAY, now=now))
    tour.work()


def _directly(tour: Tour, deed: Callable[[], object]) -> None:
    deed()
    tour.world.again()
    tour.walker.follow(tour.walker.trail.read(tour.world))


def petitions(tour: Tour) -> None:
    ask = ("receive_petition", "ask_filer")
    for ways in (
        ("receive_petition", "answer_petition", "publish_petition", "judge_petition", "retract_petition"),
        ("receive_petition", "answer_petition", "close_petition"),
        (*ask, "add_to_petition", "refuse_petition"),
        ("refuse_petition",),
        ("take_petition_back",),
        ("receive_petition", "take_petition_back"),
        (*ask, "take_petition_back"),
        ("forward_petition", "take_petition_back"),
        ("forward_petition", "receive_petition", "forward_petition", "refuse_petition"),
        ("forward_petition", "forward_petition", "refuse_petition"),
        (*ask, "pass_time"),
    ):
        petition = _petition(tour)
        for name in ways:
            pick = 39 if name == "pass_time" else _elsewhere(tour, petition) if name == "forward_petition" else ORDINARY
            tour.do(name, None if name == "pass_time" else petition, pick=pick)
            petition = tour.fresh(petition)
    for way in ((), ("receive_petition",), ("forward_petition",)):
        petition = _petition(tour)
        for name in way:
            tour.do(name, petition, pick=_elsewhere(tour, petition))
        into = _petition(tour, tour.fresh(petition).responsible_unit_id)
        here = tour.fresh(petition).responsible_unit_id
        rows = [row for row in tour.world.look.petitions if row.responsible_unit_id == here]
        place = next(number for number, row in enumerate(rows) if row.pk == into.pk)
        tour.do("merge_petition", tour.fresh(petition), pick=place)
        tour.do("refuse_petition", into)


def _petition(tour: Tour, unit: int | None = None) -> Petition:
    tour.do("complain", unit or tour.world.units["home"], pick=1)
    return tour.world.look.petitions[-1]


def _elsewhere(tour: Tour, petition: Petition) -> int:
    """A pick that is not its own unit, and says why."""
    other = [unit != tour.fresh(petition).responsible_unit_id for unit in tour.world.communes]
    return 2 + other.index(True)


def times(tour: Tour) -> None:
    """A later due moment: granted, denied, and come to nothing; the joined filing is lengthened."""
    for end in ("grant_time", "deny_time", ""):
        dossier = tour.do("ask_for_time", tour.begun("clock stands"))
        if end:
            tour.do(end, dossier)
        else:
            tour.do("pass_time", pick=7)
        _end(tour, "take_away", dossier)
    joined = tour.filed("joined")
    joined = tour.do("receive", joined, pick=1)
    tour.do("lengthen_joint_limit", joined, pick=0)


PARTS = (births, supplements, ends, questions, money, petitions, times)
