"""The shipped indicators of the quality to be ensured, recorded by `planting`. No target is shipped.

Their wording and values are not readable in the source (要項1-9, 別紙8 3.1.2 and 3.2.1(1)): all are 要協議.
"""

from typing import Any

from partner.master.seed import ASSUMED

_HIGHER, _LOWER = "higher", "lower"


def indicators() -> list[dict[str, Any]]:
    """What is measured, by which figure, and which way is better."""
    entries = [
        ("people_new", "1-9(1)", "新規人材登録", "人", _HIGHER, "people.new", "", ""),
        ("organizations_new", "1-9(1)", "新規団体登録", "団体", _HIGHER, "organizations.new", "", ""),
        ("jobs_posted", "1-9(1)", "求人情報の新規掲載", "件", _HIGHER, "jobs.posted", "", ""),
        ("trainings_posted", "1-9(1)", "研修・セミナー情報の新規掲載", "件", _HIGHER, "trainings.posted", "", ""),
        ("consultations", "1-9(1)", "キャリア相談", "件", _HIGHER, "consultations.total", "", ""),
        ("consultation_mean", "1-9(2)", "相談全体の満足度（5段階の平均）", "点", _HIGHER, "consultations.survey", "question=consultation.q1", "mean"),
        ("availability", "1-9(3)", "稼働率", "％", _HIGHER, "operations.availability", "", ""),
        ("mttr", "1-9(3)", "平均復旧時間", "分", _LOWER, "operations.mttr_minutes", "", ""),
        ("response_within", "3.1.2", "応答時間の目標内の割合", "％", _HIGHER, "operations.response_ms", "", "within_target"),
        ("response_p95", "3.1.2", "応答時間（95％値）", "ミリ秒", _LOWER, "operations.response_ms", "", "p95"),
        ("reliability", "3.2.1(1)", "稼働率（信頼性目標）", "％", _HIGHER, "operations.availability", "", ""),
        ("subscriptions_new", "incentive", "メールサービスの新規登録", "人", _HIGHER, "subscriptions.new", "", ""),
        ("top_visits", "incentive", "トップページの訪問者数", "回", _HIGHER, "access.top.visits", "", ""),
    ]  # fmt: skip
    names = ("code", "clause", "name", "unit", "direction", "figure", "where", "measure")
    return [
        {**dict(zip(names, entry, strict=True)), "position": n * 10, "source": ASSUMED}
        for n, entry in enumerate(entries, 1)
    ]


def definitions() -> list[dict[str, Any]]:
    """How attainment and its forecast are worked out, as printed in 集計の定義とルール."""
    entries = [
        ("D20", "達成状況", "4月からの累計（率、平均及び末日現在の数は、4月からの記録全体による値）を、期間の末日に有効な目標値と比べる。達成率は、大きいほどよい指標では実績÷目標値、小さいほどよい指標では目標値÷実績である。増えるだけの件数が目標値に届いたもの、及び年度が終わり目標値を満たしたものを達成とし、年度が終わり満たさないもの、及び見込みの範囲のよい側の端でも届かないものを未達とする。その間は、見込みが目標値を満たせば達成見込み、満たさなければ要注意とする。見込みが満たしていても、範囲の悪い側の端が届かず、見込みの余裕が見込みと悪い側の端との差の半分に満たないものは要注意とする。", "目標値の合意がないもの（目標値未設定）、記録のないもの"),
        ("D21", "見込み", "終わった月までの実績÷過去5か年度までの同じ時点の年間に対する割合の平均。すべての月の記録がそろう年度だけを使い、そのような年度がないときは営業日当たりの実績を年度の営業日数に延ばす。率、平均及び末日現在の数は、その時点の値のままとする。範囲は、同じ方法を過去の各年度に当てはめたときの誤差の最小と最大による。人が理由を付けて改めた見込みは、それを用いる。", "過去の年度が2に満たないときの範囲、応答時間の分布の範囲"),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 20)
    ]  # fmt: skip
