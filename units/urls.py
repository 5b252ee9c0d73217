from django.urls import path

from units.views import act_drafting, acts, card, compare, my_commune, tree

app_name = "units"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("so-sanh/", compare.compare, name="compare"),
    path("xa-toi/", my_commune.ask, name="resolve"),
    path("xa-toi/<bigid:pk>/", my_commune.answer, name="resolved"),
    path("sap-xep/", acts.act_list, name="acts"),
    path("sap-xep/soan/", act_drafting.draft, name="act-draft"),
    path("sap-xep/<bigid:pk>/", acts.act_page, name="act"),
    path("sap-xep/<bigid:pk>/sua/", act_drafting.revise, name="act-revise"),
    path("sap-xep/<bigid:pk>/dinh-chinh/", act_drafting.correct, name="act-correct"),
    path("sap-xep/<bigid:pk>/<slug:deed>/", acts.act_deed, name="act-deed"),
    path("<bigid:pk>/", card.card, name="card"),
]
