"""The shipped lists, definitions and catalogue, recorded at the ledger's origin. Data, not constants: all can be changed.

Sources: 別紙4 国際協力人材センター事業報告内容一覧; where that is silent, the default is marked 要確認.
"""

from typing import Any

ASSUMED = "初期値（要確認）"
ANNEX = "別紙4"

_COLUMNS = {
    "person_column": [("full", "国際協力人材", "International cooperation personnel"), ("simple", "簡易登録人材", "Simple registration")],
    "organization_column": [("full", "国際協力団体", "International cooperation organisation"), ("simple", "簡易登録団体", "Simple registration")],
}  # fmt: skip
_LISTS = {
    "organization_type": [
        ("jica", "JICA", "JICA"), ("international", "国際機関", "International organisation"),
        ("government", "政府機関・独立行政法人", "Government, incorporated agency"),
        ("municipality", "地方自治体", "Local government"), ("university", "大学・教育研究機関", "University, research"),
        ("ngo", "NGO・NPO", "NGO, NPO"), ("public_corporation", "公益・一般法人", "Public interest corporation"),
        ("consultant", "開発コンサルティング企業", "Development consultant"), ("company", "民間企業", "Private company"),
        ("other", "その他", "Other"),
    ],
    "contact_medium": [
        ("search", "インターネット検索", "Internet search"), ("jica_web", "JICAウェブサイト", "JICA website"),
        ("referral", "知人・所属先の紹介", "Referral"), ("seminar", "国際協力人材セミナー等", "Seminar"),
        ("university", "大学・教育機関", "University"), ("sns", "SNS", "Social media"),
        ("press", "新聞・雑誌", "Newspaper, magazine"), ("other", "その他", "Other"),
    ],
    "registration_purpose": [
        ("job", "求職", "Job search"), ("information", "情報収集", "Information"),
        ("training", "研修・セミナー", "Training, seminars"), ("consultation", "キャリア相談", "Career consultation"),
        ("jica_recruitment", "JICA公募への応募", "JICA recruitment"), ("other", "その他", "Other"),
    ],
}  # fmt: skip
_LISTS |= {
    "field": [
        ("education", "教育", "Education"), ("health", "保健医療", "Health"), ("water", "水資源・防災", "Water, disaster reduction"),
        ("governance", "ガバナンス", "Governance"), ("peace", "平和構築", "Peacebuilding"), ("welfare", "社会保障", "Social security"),
        ("transport", "運輸交通", "Transport"), ("ict", "情報通信技術", "ICT"), ("energy", "資源・エネルギー", "Natural resources, energy"),
        ("economy", "経済政策", "Economic policy"), ("private", "民間セクター開発", "Private sector"),
        ("agriculture", "農業開発・農村開発", "Agriculture, rural development"), ("nature", "自然環境保全", "Nature conservation"),
        ("fisheries", "水産", "Fisheries"), ("gender", "ジェンダーと開発", "Gender"), ("urban", "都市開発・地域開発", "Urban, regional development"),
        ("poverty", "貧困削減", "Poverty reduction"), ("environment", "環境管理", "Environmental management"),
        ("south_south", "南南協力", "South-South cooperation"), ("citizens", "市民参加", "Citizen participation"), ("other", "その他", "Other"),
    ],
    "mail_service": [("news", "PARTNERニュース", "PARTNER News"), ("express", "PARTNERエクスプレス", "PARTNER Express")],
    "consultation_channel": [("face_to_face", "面談", "Face to face"), ("online", "オンライン（Skype等）", "Online")],
    "inquiry_channel": [
        ("form", "問い合わせフォーム", "Web form"), ("mail", "メール", "Mail"), ("telephone", "電話", "Telephone"), ("visit", "来訪", "Visit"),
        ("other", "その他", "Other"),
    ],
    "inquiry_category": [
        ("registration", "登録・退会", "Registration"), ("posting", "掲載", "Postings"), ("consultation", "キャリア相談", "Consultation"),
        ("mail_service", "メールサービス", "Mail services"), ("system", "システムの使い方・不具合", "System"), ("other", "その他", "Other"),
    ],
    "survey": [
        ("consultation", "相談サービスアンケート", "Consultation survey"), ("no1", "No.1 団体アンケート", "No.1 organisations"),
        ("no2", "No.2 登録者アンケート", "No.2 registrants"), ("no6", "No.6 参加者アンケート", "No.6 participants"),
        ("no7", "No.7 参加者アンケート", "No.7 participants"), ("no8", "No.8 参加者アンケート（原本）", "No.8 participants"),
        ("no11", "No.11 所管部満足度", "No.11 department"),
    ],
    "survey_question": [
        ("consultation.q1", "相談全体の満足度", "Satisfaction"), ("consultation.q2", "助言は役に立ったか", "Usefulness"),
        ("consultation.q3", "予約のしやすさ", "Ease of booking"), ("consultation.q4", "また利用したいか", "Would use again"),
        ("consultation.q5", "意見（自由記述）", "Remarks"),
    ],
    "survey_answer": [
        *(
            (f"consultation.q{question}.{score}", f"{what} {label}", english)
            for question, what in ((1, "満足度"), (2, "助言"), (3, "予約"), (4, "再利用"))
            for score, label, english in (
                (5, "5（最もよい）", "5 (best)"), (4, "4", "4"), (3, "3", "3"), (2, "2", "2"),
                (1, "1（最もよくない）", "1 (worst)"),
            )
        ),
        ("consultation.q5.given", "記入あり", "Given"),
    ],
    "access_top_page": [("root", "/", "Top"), ("index", "/index.html", "Top"), ("english", "/en/", "Top in English")],
    "access_own_agent": [("probe", "partner-probe/", "The Centre's own probe")],
    "system": [("current", "現行PARTNERシステム", "Present system"), ("next", "次期PARTNERシステム", "Next system")],
    "outage_cause": [
        ("software", "アプリケーション", "Application"), ("hardware", "機器", "Hardware"), ("operation", "運用作業", "Operation"),
        ("network", "通信回線（事業者）", "Carrier"), ("client", "機構の依頼", "Client's request"), ("disaster", "災害・停電", "Disaster"),
        ("maintenance", "定期保守", "Maintenance"), ("other", "その他", "Other"),
    ],
    "outside_cause": [
        ("network", "通信回線（事業者）", "Carrier"), ("client", "機構の依頼", "Client's request"), ("disaster", "災害・停電", "Disaster"),
    ],
    "work_kind": [
        ("regular", "定期", "Regular"), ("extra", "臨時", "Extra"), ("emergency", "緊急", "Emergency"), ("other", "その他", "Other"),
    ],
    "operation_result": [("ok", "成功", "Succeeded"), ("failed", "失敗", "Failed"), ("partial", "一部失敗", "Partly failed")],
    "page_group": [
        ("top", "トップページ", "Top page"), ("search", "検索", "Search"), ("posting", "掲載情報", "Postings"), ("member", "会員ページ", "Members"),
        ("other", "その他", "Other"),
    ],
}  # fmt: skip
_LEVELS = {
    "person_level": [("full", "国際協力人材", "full"), ("simple", "簡易登録人材", "simple")],
    "organization_level": [("full", "国際協力団体", "full"), ("simple", "簡易登録団体", "simple")],
}


def codes() -> list[dict[str, Any]]:
    """The code lists: report columns, levels, organisation types, media, purposes."""
    rows = [
        {"list": name, "code": code, "label": label, "label_en": english, "position": n * 10, "source": source}
        for lists, source in ((_COLUMNS, ANNEX), (_LISTS, ASSUMED))
        for name, entries in lists.items()
        for n, (code, label, english) in enumerate(entries, 1)
    ]
    rows += [
        {"list": name, "code": code, "label": label, "reported_as": column, "position": n * 10, "source": ANNEX}
        for name, entries in _LEVELS.items()
        for n, (code, label, column) in enumerate(entries, 1)
    ]
    return rows


def contract_facts() -> list[dict[str, Any]]:
    """What papers print of the contract; an empty value is a thing the Centre must fill in."""
    entries = [
        ("addressee", "宛先", "独立行政法人国際協力機構\n監督職員　殿"),
        ("client", "発注者", "独立行政法人国際協力機構"),
        ("centre", "センターの名称", "国際協力人材センター"),
        ("portal", "ポータルの名称", "PARTNER"),
        ("work_title", "業務名", "国際協力人材センター運営業務"),
        ("contract_title", "契約件名", ""),
        ("contractor", "受託事業者", ""),
        ("responsible", "業務責任者", "業務責任者（記名は「承認の記録」による）"),
        ("annex", "報告内容の根拠", ANNEX),
        ("response_target_ms", "応答時間の目標（ミリ秒）", ""),
        ("fictional", "架空である旨の表示", ""),
    ]
    return [{"key": key, "label": label, "value": value, "source": ASSUMED} for key, label, value in entries]


def definitions() -> list[dict[str, Any]]:
    """How each figure is counted, as printed in 集計の定義とルール."""
    entries = [
        ("D1", "全登録者数・全登録団体数", "月末24:00に有効な登録の数。1人（1団体）を1と数える。停止中の登録を含む。", "審査中の申請、退会、抹消、統合された登録"),
        ("D2", "新規・退会・区分変更", "月内に始まった登録、終わった登録、区分が変わった登録の数。日付だけの異動はその日の0:00とし、登録、変更、退会の順に扱う。", "再登録は新規に含め、内数で示す。統合・抹消は退会に含める"),
        ("D3", "接触媒体", "登録時の申告による。1登録に1つ。申告のないものは未回答とする。", ""),
        ("D4", "登録目的", "新規は登録時の申告、全登録者は月末現在の申告による。複数回答を延べで数える。", "延べ計は人数と一致しない"),
        ("D5", "団体種別", "新規・退会はその時点、全登録団体は月末現在の種別による。", ""),
        ("D6", "審査中の申請", "月末24:00に登録にも却下にもなっていない申請の数。", "全登録者数・全登録団体数に含めない"),
        ("D7", "新規掲載", "月内に初めて公開した情報の数。複写して作った情報は新規とする。", "再開、修正、更新"),
        ("D8", "公開・月末公開中・再開", "公開は、前月末に公開中の情報と、月内に新規掲載又は再開した情報の数で、1件を1回数える。月末公開中は月末24:00まで公開していた情報の数で、掲載終了日が月の末日の情報も含む。再開は、前月末に公開中でも月内の新規掲載でもない情報が再び公開された数で、1件を1回数える。公開の内訳は、公開の最後の時点による。", "掲載終了日の翌日0:00以後"),
        ("D9", "分野", "主分野は1件に1つ。延べは、その他の分野も数える。", "延べ計は件数と一致しない"),
        ("D10", "対面相談・オンライン相談", "実施した日に1件と数える。対面相談は、面談とオンライン（Skype等）を合わせた数である。", "キャンセル、欠席、予約中"),
        ("D11", "メール相談", "内容のある最初の回答をした日に1件と数える。", "2回目以降の回答、受付の自動返信"),
        ("D12", "アンケート", "回答完了が到着した月に数える。平均は5段階（5が最もよい）の回答の算術平均、回答率は回答完了÷依頼である。", "一部回答（別に示す）、自由記述"),
        ("D13", "閲覧ページ数", "GETで200又は304を返したページの表示1回を1と数える。", "画像等の部品、検索ロボット、監視、センター職員"),
        ("D14", "訪問者数", "同じ利用者（アドレスと利用者エージェント）の閲覧のうち、1,800秒を超える中断のないものを1と数え、最初の閲覧の日に属するものとする。日、月、ファイルの境で分けない。", "同上"),
        ("D15", "メールサービス登録者", "本人が確認した時から停止の時までを登録とし、月末24:00に有効な数を数える。不達は登録に含め、内数で示す。", "確認前の申込み"),
        ("D16", "問い合わせ", "受付は到着、初回回答は内容のある最初の回答、完了は完了又は統合の時に数える。月末の未完了は月末24:00に完了していない数である。", "迷惑とした問い合わせ、自動返信"),
        ("D17", "稼働率", "対象時間＝サービス予定時間−計画停止−受託者の責めによらない停止−監視の欠測。稼働率＝（対象時間−対象時間内の計画外停止）÷対象時間。欠測が0.5％を超える間は速報値とする。", "重なる停止は一度だけ引く"),
        ("D18", "停止と保守作業", "件数は始まった月に数え、時間は月の境で分けて数える。平均復旧時間は、月内に始まり終わった停止の時間全体÷件数である。", "計画停止、監視の再試行"),
        ("D19", "応答時間", "決まった区切りごとの数を期間を通して合わせ、小さい方から数えて該当する測定が入る区切りの上限を値とする。最後の区切りでは10,000とする。", "応答のなかった測定（目標内の割合では分母に含める）"),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 1)
    ]  # fmt: skip
