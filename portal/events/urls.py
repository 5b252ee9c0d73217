from django.urls import path

from portal.events.views import desk, own, seals

app_name = "events"
urlpatterns = [
    path("he-thong/niem-phong/", seals.page, name="seals"),
    path("he-thong/niem-phong/du-lieu.json", seals.data, name="seals-data"),
    path("he-thong/niem-phong/khoa/<slug:key_id>.pem", seals.key, name="seal-key"),
    path("he-thong/niem-phong/kiem-chung.py", seals.script, name="verify-proof"),
    path("he-thong/thu-chet/", desk.dead_letters, name="dead-letters"),
    path("he-thong/thu-chet/gui-lai-tat-ca/", desk.replay_all, name="replay-all"),
    path("he-thong/thu-chet/<uuid:delivery_id>/gui-lai/", desk.replay, name="replay"),
    path("tai-khoan/dau-vet/", own.trail, name="own-trail"),
    path("tai-khoan/dau-vet/<int:event_id>/bang-chung.json", own.proof, name="proof"),
]
