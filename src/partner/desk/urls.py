"""The desk's addresses."""

from django.urls import URLPattern, path

from partner.desk.views import (
    audit,
    figures,
    home,
    intake,
    loads,
    master,
    records,
    reports,
    search,
    sources,
    users,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("audit/", audit.audit_trail, name="audit"),
    path("users/", users.users, name="users"),
    path("users/add/", users.user_add, name="user_add"),
    path("users/<int:number>/", users.user_change, name="user_change"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:kind>/<str:period>/", reports.report, name="report"),
    path("reports/<slug:kind>/<str:period>/file.<slug:format>", reports.report_file, name="report_file"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:key>/<str:period>/", figures.figure, name="figure"),
    path("figures/<str:key>/<str:period>/records.csv", figures.figure_csv, name="figure_csv"),
    path("records/<str:number>/", records.record, name="record"),
    path("intake/", intake.intake, name="intake"),
    path("intake/kinds/<slug:kind>/", intake.intake_kind, name="intake_kind"),
    path("intake/kinds/<slug:kind>/template.xlsx", intake.intake_template, name="intake_template"),
    path("intake/work/<str:key>/", intake.intake_work, name="intake_work"),
    path("intake/work/<str:key>/do/", intake.intake_act, name="intake_act"),
    path("intake/work/<str:key>/returned/", intake.intake_returned, name="intake_returned"),
    path("intake/loads/", loads.loads, name="loads"),
    path("intake/loads/<int:number>/", loads.load, name="load"),
    path("intake/loads/<int:number>/undo/", loads.load_undo, name="load_undo"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:kind>/<str:period>/", sources.source_month, name="source_month"),
    path("master/", master.master, name="master"),
    path("master/proposals/", master.proposals, name="proposals"),
    path("master/proposals/<int:number>/", master.proposal, name="proposal"),
    path("master/proposals/<int:number>/decide/", master.proposal_decide, name="proposal_decide"),
    path("master/<slug:slug>/", master.master_list, name="master_list"),
    path("master/<slug:slug>/change/", master.master_change, name="master_change"),
]
