"""The closed lists of the catalogue. Labels are in `services.wording`."""

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier may be handed in. NĐ 63/2010 Đ.8.2c"""

    DESK = "desk"
    ONLINE = "online"
    POST = "post"


class Filing(StrEnum):
    """Where a citizen files online. NĐ 224/2026 Đ.15.1"""

    HERE = "here"
    DESK_ONLY = "desk_only"
    HAND_OFF = "hand_off"  # another system files and works on it; we lead there


class OnlineLevel(StrEnum):
    """NĐ 224/2026 Đ.14: full is the rule, part needs a published reason."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Level(StrEnum):
    """Levels at which a procedure is carried out."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class Filer(StrEnum):
    """Who may file: the fixed list of the national catalogue."""

    CITIZEN = "citizen"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"
    FOREIGNER = "foreigner"
    OFFICER = "officer"
    ENTERPRISE = "enterprise"
    FOREIGN_ENTERPRISE = "foreign_enterprise"
    ORGANISATION = "organisation"
    FOREIGN_ORGANISATION = "foreign_organisation"
    COOPERATIVE = "cooperative"


class StepRole(StrEnum):
    """Who works on a step."""

    RECEPTION = "reception"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    RETURNS = "returns"


class DataSource(StrEnum):
    """What may take the place of a paper. NĐ 118/2025 Đ.17.1b"""

    POPULATION = "population"
    CIVIL_STATUS = "civil_status"
    BIRTH_NOTICE = "birth_notice"
    DEATH_NOTICE = "death_notice"
    BUSINESS = "business"
    LAND = "land"
    ISSUED_RESULT = "issued_result"
    CRIMINAL_RECORD = "criminal_record"


class Given(StrEnum):
    """What goes from hand to hand between units. NĐ 118/2025 Đ.18.2, 20.1"""

    DOSSIER = "dossier"
    PAPERS = "papers"
    RESULT = "result"


class AskedFor(StrEnum):
    """What another unit is asked for. NĐ 118/2025 Đ.19.4, 20.2"""

    OPINION = "opinion"
    VERIFICATION = "verification"  # answered with minutes
    TASK = "task"  # a part of the work, on the transfer slip


class Opinion(StrEnum):
    AGREES = "agrees"
    AGREES_IF = "agrees_if"
    OBJECTS = "objects"
    NOT_COMPETENT = "not_competent"
    DONE = "done"


class Form(StrEnum):
    """The forms of the one-stop desk that go to the filer, by the code of their layout. TT 03/2025/TT-VPCP"""

    RECEIPT = "form-01"
    SUPPLEMENT = "form-02"
    REFUSAL = "form-03"
    EXTENSION = "form-04"
    STOP = "form-05"
    FEE = "fee-receipt"


class Paper(StrEnum):
    """What of a dossier is printed for many at once."""

    RECEIPT = Form.RECEIPT.value
    SUPPLEMENT = Form.SUPPLEMENT.value
    REFUSAL = Form.REFUSAL.value
    EXTENSION = Form.EXTENSION.value
    STOP = Form.STOP.value
    CONTROL = "form-06"
    FEE = Form.FEE.value
    RESULT = "result"
