from django.urls import path

from units.api import acts, codes, sheet, units

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
    path("reorganisations", acts.ActList.as_view(), name="acts"),
    path("reorganisations/<bigid:pk>", acts.ActDetail.as_view(), name="act"),
]
