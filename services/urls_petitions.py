"""Petitions: for everybody, for whoever sent one, and for the officers who handle them; and ratings for heads."""

from django.urls import URLPattern, path

from services.views import petition_deeds, petitions_desk, petitions_own, petitions_public, ratings

OWN = "phan-anh-cua-toi/"
BOX = "mot-cua/phan-anh/"
ONE = f"{BOX}<uuid:pk>/"
DEEDS = {
    "answer": "tra-loi",
    "ask": "bo-sung",
    "forward": "chuyen",
    "refuse": "tu-choi",
    "merge": "gop",
    "publish": "cong-khai",
    "close": "dong",
    "retract": "go",
    "assign": "giao",
    "classify": "phan-loai",
    "bar": "loai-tru",
    "note": "ghi-chu",
}

urlpatterns: list[URLPattern] = [
    path("phan-anh/", petitions_public.petitions, name="petitions"),
    path("phan-anh/gui/", petitions_public.petition_new, name="petition-new"),
    path("phan-anh/theo-doi/", petitions_public.petition_look_up, name="petition-look-up"),
    path("phan-anh/theo-doi/<str:token>/", petitions_public.petition_follow, name="petition-follow"),
    path("phan-anh/cong-khai/<bigid:pk>/", petitions_public.published_petition, name="published-petition"),
    path(OWN, petitions_own.own_petitions, name="own-petitions"),
    path(f"{OWN}<uuid:pk>/", petitions_own.own_petition, name="own-petition"),
    path("mot-cua/danh-gia/", ratings.ratings, name="ratings"),
    path("mot-cua/danh-gia/<bigid:pk>/", ratings.rating_reply, name="rating-reply"),
    path(BOX, petitions_desk.petition_inbox, name="petition-inbox"),
    path(f"{BOX}ghi-nhan/", petitions_desk.petition_desk, name="petition-desk"),
    path(ONE, petitions_desk.petition, name="petition"),
    path(f"{ONE}tiep-nhan/", petitions_desk.receive, name="petition-receive"),
    *(
        path(f"{ONE}{address}/", petition_deeds.deed, {"name": name}, name=f"petition-{name}")
        for name, address in DEEDS.items()
    ),
]
