from django.urls import URLPattern, path

from services.views import mending, work

STEP = "xu-ly/<uuid:item_id>/"
DEEDS = {
    "assign": "giao",
    "finish": "xong",
    "return": "tra-lai",
    "supplement": "bo-sung",
    "propose": "ket-qua",
    "recall": "rut-du-thao",
    "payment": "cho-nop-phi",
    "extend": "gia-han",
    "stop": "dung",
    "note": "ghi-chu",
}
urlpatterns: list[URLPattern] = [
    path("xu-ly/", work.queue, name="work-queue"),
    path(STEP, work.workspace, name="work-item"),
    path(f"{STEP}nhan/", work.take, name="work-take"),
    path(f"{STEP}sua-cau-tra-loi/", mending.mendings, name="work-mendings"),
    path(f"{STEP}sua-cau-tra-loi/cau/", mending.mend, name="work-mend"),
    path(f"{STEP}ket-qua/xem-truoc.pdf", work.preview, name="work-preview"),
    *(path(f"{STEP}{address}/", work.deed, {"name": name}, name=f"work-{name}") for name, address in DEEDS.items()),
]
