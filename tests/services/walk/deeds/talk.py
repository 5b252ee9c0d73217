"""What is said on a dossier: messages, notes, ratings and the answer to a low one."""

from portal.accounts.models import User
from services.models import Dossier, Moment, RatingReply
from services.operations.citizen import rate, send_message, write_note
from services.operations.ratings import answer_rating
from services.petition_policies import reply_abilities
from services.states import Capability, State
from tests.services.walk.deed import deed
from tests.services.walk.who import citizens, dossiers, is_open, party, someone
from tests.services.walk.world import World


@deed(dossiers, citizens)
def say(world: World, dossier: Dossier, actor: User, _pick: int) -> object:
    return send_message(dossier=dossier, text="Bao giờ xong ạ?", actor=actor, now=world.tick())


@deed(dossiers, lambda world, one: world.able(Capability.VIEW, one.competent_unit_id))
def note(world: World, dossier: Dossier, actor: User, _pick: int) -> object:
    return write_note(dossier=dossier, text="Đã gọi trạm y tế", actor=actor, now=world.tick())


def _raters(world: World, dossier: Dossier) -> list[User]:
    return party(world, dossier) if not is_open(dossier) or dossier.state == State.DECIDED else []


@deed(dossiers, _raters)
def judge(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    moment = someone([Moment.RECEIPT, Moment.RESULT], pick)
    return rate(dossier=dossier, moment=moment, score=1 + pick % 5, text="", actor=actor, now=world.tick())


def _answerers(world: World, reply: RatingReply) -> list[User]:
    return world.able(Capability.RATING_ANSWER, reply.unit_id) if reply.state == "open" else []


@deed(
    lambda world: world.look.replies,
    _answerers,
    able=lambda _world, reply, actor: reply_abilities(actor, reply)["answer"],
)
def answer_judgement(world: World, reply: RatingReply, actor: User, _pick: int) -> object:
    return answer_rating(reply=reply, text="Chúng tôi xin rút kinh nghiệm.", actor=actor, now=world.tick())
