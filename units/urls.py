from django.urls import path

from units.views import card, compare, my_commune, tree

app_name = "units"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("so-sanh/", compare.compare, name="compare"),
    path("xa-toi/", my_commune.ask, name="resolve"),
    path("xa-toi/<bigid:pk>/", my_commune.answer, name="resolved"),
    path("<bigid:pk>/", card.card, name="card"),
]
