"""Codes: who bore one, and what became of the bearer. The same answer as `manage.py resolve_unit`."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import PublicView
from portal.api.problems import Fault, Kind, Problem, parameter_problem
from units import queries
from units.api import answers, parameters, schemas
from units.kinds import Scheme
from units.queries.nearest import nearest_version


class UnitCodeDetail(PublicView):
    path_parameters = (parameters.CODE_IN_PATH,)
    parameters = (parameters.BORNE_ON, parameters.ON, parameters.LEVEL, parameters.SCHEME)

    @extend_schema(
        operation_id="resolveUnitCode",
        tags=["units"],
        summary=_("The unit that bore a code, seen on another day"),
        description=_(
            "Old codes are answered with what their bearer is now. Say on which day the code was borne: nearly every "
            "commune of today carries a code that another territory carried before."
        ),
        responses=schemas.CodeAnswerSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        on = self.query["on"]
        borne_on = self.query["borneOnDate"] or on
        scheme = self.query["scheme"] or Scheme.NSO
        try:
            unit = queries.bearer(code, borne_on, level=self.query["level"], scheme=scheme)
        except queries.NobodyBore:
            raise Problem(Kind.NOT_FOUND, self._nobody(code, borne_on.isoformat())) from None
        except queries.AmbiguousCode:
            sentence = gettext("Units of several levels bore this code that day. Name the level.")
            raise parameter_problem(Fault("level", "required", sentence)) from None
        version = nearest_version(unit.pk, borne_on)
        [bearer] = answers.units([version] if version else [], borne_on)
        rows = queries.successors(unit.pk, borne_on, on)
        return Response(
            {
                "code": code,
                "scheme": str(scheme),
                "borneOnDate": borne_on.isoformat(),
                "onDate": on.isoformat(),
                "bearer": bearer,
                "successors": [answers.successor(row) for row in rows],
            }
        )

    @staticmethod
    def _nobody(code: str, day: str) -> str:
        return gettext(
            "No unit bore the code %(code)s on %(day)s. Check the code and the day: give borneOnDate for an old code."
        ) % {"code": code, "day": day}
