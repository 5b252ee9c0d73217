from django.urls import path

from units.api import acts, codes, desk, sheet, undecided, units

app_name = "units"

urlpatterns = [
    path("units", units.UnitList.as_view(), name="list"),
    path("units.csv", sheet.UnitSheet.as_view(), name="sheet"),
    path("units/<bigid:pk>", units.UnitDetail.as_view(), name="detail"),
    path("units/<bigid:pk>/children", units.UnitChildren.as_view(), name="children"),
    path("units/<bigid:pk>/subtree", units.UnitSubtree.as_view(), name="subtree"),
    path("units/<bigid:pk>/ancestors", units.UnitAncestors.as_view(), name="ancestors"),
    path("units/<bigid:pk>/history", units.UnitHistory.as_view(), name="history"),
    path("units/<bigid:pk>/successors", units.UnitSuccessors.as_view(), name="successors"),
    path("units/<bigid:pk>/predecessors", units.UnitPredecessors.as_view(), name="predecessors"),
    path("unit-codes/<unitcode:code>", codes.UnitCodeDetail.as_view(), name="code"),
    path("reorganisation-acts", desk.ActDesk.as_view(), name="desk"),
    path("reorganisation-acts/<bigid:pk>", desk.ActOfDesk.as_view(), name="desk-act"),
    path("reorganisation-acts/<bigid:pk>/rows", desk.ActRows.as_view(), name="desk-rows"),
    path("reorganisation-acts/<bigid:pk>/simulations", desk.ActSimulations.as_view(), name="desk-simulations"),
    path("reorganisation-acts/<bigid:pk>/proof", desk.ProofOfAct.as_view(), name="desk-proof"),
    path("reorganisation-acts/<bigid:pk>/signatures", desk.ActSignatures.as_view(), name="desk-signatures"),
    path("reorganisation-acts/<bigid:pk>/schedules", desk.ActSchedules.as_view(), name="desk-schedules"),
    path("reorganisation-acts/<bigid:pk>/withdrawals", desk.ActWithdrawals.as_view(), name="desk-withdrawals"),
    path("reorganisation-acts/<bigid:pk>/effects", desk.ActEffects.as_view(), name="desk-effects"),
    path("undecided-items", undecided.UndecidedList.as_view(), name="undecided"),
    path("undecided-items/<bigid:pk>/decisions", undecided.UndecidedDecisions.as_view(), name="undecided-decisions"),
    path("reorganisations", acts.ActList.as_view(), name="acts"),
    path("reorganisations/<bigid:pk>", acts.ActDetail.as_view(), name="act"),
]
