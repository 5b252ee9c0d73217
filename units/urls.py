from django.urls import path

from units.views import act_day, act_drafting, act_report, acts, card, compare, my_commune, tree, undecided

app_name = "units"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("so-sanh/", compare.compare, name="compare"),
    path("xa-toi/", my_commune.ask, name="resolve"),
    path("xa-toi/<bigid:pk>/", my_commune.answer, name="resolved"),
    path("sap-xep/", acts.act_list, name="acts"),
    path("sap-xep/soan/", act_drafting.draft, name="act-draft"),
    path("sap-xep/ngay/", act_day.acts_of_day, name="acts-of-day"),
    path("sap-xep/cho-quyet-dinh/", undecided.undecided, name="undecided"),
    path("sap-xep/cho-quyet-dinh/quyet-dinh/", undecided.decide, name="undecided-decisions"),
    path("sap-xep/<bigid:pk>/", acts.act_page, name="act"),
    path("sap-xep/<bigid:pk>/bao-cao/", act_report.report, name="act-report"),
    path("sap-xep/<bigid:pk>/sua/", act_drafting.revise, name="act-revise"),
    path("sap-xep/<bigid:pk>/dinh-chinh/", act_drafting.correct, name="act-correct"),
    path("sap-xep/<bigid:pk>/<slug:deed>/", acts.act_deed, name="act-deed"),
    path("<bigid:pk>/", card.card, name="card"),
]
