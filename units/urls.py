from django.urls import path

from units.views import acts, card, compare, my_commune, tree

app_name = "units"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("so-sanh/", compare.compare, name="compare"),
    path("xa-toi/", my_commune.ask, name="resolve"),
    path("xa-toi/<bigid:pk>/", my_commune.answer, name="resolved"),
    path("sap-xep/", acts.act_list, name="acts"),
    path("sap-xep/<bigid:pk>/", acts.act_page, name="act"),
    path("sap-xep/<bigid:pk>/<slug:deed>/", acts.act_deed, name="act-deed"),
    path("<bigid:pk>/", card.card, name="card"),
]
