"""Which problem each refusal about an act is over REST."""

from portal.api.problems import Kind
from units.operations import errors, rows

KINDS: dict[type[Exception], Kind] = {
    errors.ActError: Kind.NOT_POSSIBLE,
    errors.NotAllowed: Kind.FORBIDDEN,
    errors.SamePerson: Kind.FORBIDDEN,
    errors.Outdated: Kind.PRECONDITION_FAILED,
    errors.WrongState: Kind.CONFLICT,
    errors.TooEarly: Kind.CONFLICT,
    errors.TooLate: Kind.CONFLICT,
    errors.Blocked: Kind.CONFLICT,
    errors.NotAsSeen: Kind.CONFLICT,
    errors.BuiltUpon: Kind.CONFLICT,
    errors.CorrectedOtherwise: Kind.CONFLICT,
    errors.StandsThere: Kind.CONFLICT,
    errors.WaitsFor: Kind.CONFLICT,
    rows.BadRows: Kind.NOT_POSSIBLE,
}
