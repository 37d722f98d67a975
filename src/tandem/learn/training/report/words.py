"""What the report says, in English and in Chinese."""

from __future__ import annotations

from markupsafe import Markup, escape

__all__ = ["WORDS", "both", "word"]

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Model training report", "模型训练报告"),
    "language": ("中文", "English"),
    "champion": ("Champion", "冠军模型"),
    "why": ("Why", "理由"),
    "scorecard": ("Scorecard", "评分卡"),
    "logistic": ("Logistic regression", "逻辑回归"),
    "lightgbm": ("LightGBM", "LightGBM"),
    "xgboost": ("XGBoost", "XGBoost"),
    "catboost": ("CatBoost", "CatBoost"),
    "ebm": ("Explainable boosting machine", "可解释提升机"),
    "network": ("Tabular network", "表格网络"),
    "blend": ("Blend", "融合模型"),
    "edits": ("Bins changed by hand", "人工调整的分箱"),
    "action": ("Change", "调整"),
    "who": ("Who", "调整人"),
    "edit_reason": ("Reason", "原因"),
    "merge": ("merged", "合并"),
    "split_bin": ("split", "拆分"),
    "lock": ("locked", "锁定"),
    "special": ("special value", "特殊值"),
    "target": ("Target", "目标变量"),
    "bad": ("Bad outcome", "坏样本取值"),
    "rows": ("Rows", "行数"),
    "bads": ("Bad rows", "坏样本数"),
    "bad_rate": ("Bad rate", "坏样本率"),
    "train": ("Training", "训练集"),
    "test": ("Test", "测试集"),
    "unlabelled": ("Rows without an outcome (left out)", "无结果的行（未使用）"),
    "split": ("How the test was set apart", "测试集划分方式"),
    "out_of_time": (
        "Out of time: the test rows are the latest ones; no model saw them.",
        "时间外验证：测试集为最晚的样本，任何模型均未见过。",
    ),
    "random_hold_out": (
        (
            "Random hold-out, stratified by outcome and drawn by seed. It is not out of time: it cannot show how the model "
            "ages."
        ),
        "按结果分层的随机留出（由种子决定）。它不是时间外验证，无法反映模型随时间的衰减。",
    ),
    "given": ("A test table of its own was given.", "使用单独提供的测试集。"),
    "findings": ("What to know before trusting this", "使用前须知"),
    "no_findings": ("Nothing stood out.", "未发现异常。"),
    "note": ("note", "提示"),
    "warning": ("warning", "警告"),
    "severe": ("severe", "严重"),
    "tournament": ("The tournament, out of fold on training rows", "模型竞赛（训练集折外评估）"),
    "family": ("Model", "模型"),
    "detail": ("Chosen", "选定方案"),
    "difference": ("Difference of AUC", "AUC 差值"),
    "interval": ("95 % interval", "95% 区间"),
    "test_figures": ("Figures on the test", "测试集指标"),
    "auc": ("AUC", "AUC"),
    "ks": ("KS", "KS"),
    "gini": ("Gini", "基尼系数"),
    "ap": ("Average precision", "平均精确率"),
    "brier": ("Brier score", "Brier 分数"),
    "log_loss": ("Log-loss", "对数损失"),
    "ece": ("Calibration error (ECE)", "校准误差（ECE）"),
    "ratio": ("Expected / observed bads", "预期坏数 / 实际坏数"),
    "slope": ("Calibration slope", "校准斜率"),
    "psi": ("PSI of the score", "评分 PSI"),
    "critical": ("Chance alone stays below", "随机波动上界"),
    "roc": ("ROC curve", "ROC 曲线"),
    "gains": ("Gains: bads caught by share of rows flagged", "增益：按标记比例捕获的坏样本"),
    "reliability": ("Calibration: what was said against what happened", "校准：预测值与实际值"),
    "trade": ("Bad rate among the approved, by approval rate", "不同通过率下的通过客群坏样本率"),
    "flagged": ("share flagged", "标记比例"),
    "caught": ("bads caught", "捕获坏样本"),
    "false_positive": ("goods flagged", "误标好样本"),
    "said": ("probability said", "预测概率"),
    "happened": ("bad rate seen", "实际坏样本率"),
    "approval": ("Approval rate", "通过率"),
    "cutoff": ("Cut-off (probability)", "切分点（概率）"),
    "bad_approved": ("Bad rate approved", "通过坏样本率"),
    "bad_declined": ("Bad rate declined", "拒绝坏样本率"),
    "bads_caught": ("Bads declined", "拒绝的坏样本"),
    "goods_lost": ("Goods declined", "拒绝的好样本"),
    "tenth": ("Tenth, riskiest first", "十分位（风险由高到低）"),
    "lift": ("Lift", "提升度"),
    "cumulative": ("Bads caught so far", "累计捕获"),
    "certainty": ("How sure the champion is of one applicant", "冠军模型对单个申请人的把握"),
    "bands_text": (
        (
            "Below the band an applicant can be cleared and above it held bad, each wrong for at most the allowed share of "
            "that outcome; within it neither can be ruled out, and a person should look. The band comes from out-of-fold "
            "scores (conformal prediction per outcome); the shares are those of the test."
        ),
        (
            "低于该区间可直接放行，高于该区间可判为坏，对每一类结果的误判不超过所允许的比例；区间之内两种结果都不能排除，应由人工审核。"
            "区间由折外评分得出（按类别的保形预测），各比例为测试集上的实际值。"
        ),
    ),
    "error_allowed": ("Error allowed", "允许误差"),
    "band": ("Band (probability)", "区间（概率）"),
    "cleared": ("Cleared", "放行"),
    "to_review": ("To a person", "人工审核"),
    "held": ("Held bad", "判为坏"),
    "goods_kept": ("Goods not called bad", "好样本未误判"),
    "bads_kept": ("Bads not called good", "坏样本未放过"),
    "intervals_text": (
        (
            "One of the two ends is a calibrated probability whatever the model (Venn-Abers). A wide interval means that few "
            "such applicants were seen; a narrow one still moves with the sample that it was learned from."
        ),
        "无论模型如何，两端之一是校准的概率（Venn-Abers）。区间宽说明此类申请人样本少；区间窄时仍会随学习样本而变化。",
    ),
    "calibrated_between": ("calibrated between", "校准概率介于"),
    "bins": ("Bins", "分箱"),
    "bin": ("Bin", "分箱"),
    "count": ("Rows", "行数"),
    "woe": ("Weight of evidence", "证据权重"),
    "iv": ("Information value", "信息值"),
    "trend": ("Trend", "趋势"),
    "ascending": ("risk rises", "风险递增"),
    "descending": ("risk falls", "风险递减"),
    "peak": ("rises, then falls", "先升后降"),
    "valley": ("falls, then rises", "先降后升"),
    "none": ("free", "无约束"),
    "in_card": ("in the scorecard", "入评分卡"),
    "not_in_card": ("not in the scorecard", "未入评分卡"),
    "points_table": ("Points", "评分表"),
    "points": ("Points", "分数"),
    "base_points": ("Every applicant starts with", "基础分"),
    "coefficient": ("Coefficient", "系数"),
    "vif": ("VIF", "方差膨胀因子"),
    "scale": ("Points at odds; points that double the odds", "基准分与赔率；赔率翻倍所需分数"),
    "importance": ("What LightGBM splits on (share of gain)", "LightGBM 分裂增益占比"),
    "columns": ("Columns", "列"),
    "column": ("Column", "列名"),
    "kind": ("Kind", "类型"),
    "missing": ("Missing", "缺失"),
    "distinct": ("Distinct", "不同取值"),
    "used": ("Use", "用途"),
    "input": ("input", "入模"),
    "reasons": ("Reason codes", "原因码"),
    "code": ("Code", "代码"),
    "proof": ("Digests", "摘要"),
    "data_digest": ("Data", "数据"),
    "model_digest": ("Training", "训练"),
    "seed": ("Seed", "随机种子"),
    "limits": ("Limits of this report", "本报告的局限"),
    "limits_text": (
        (
            "Every figure above is of the served model documents on rows that no model learned from; the test was used "
            "once. Intervals are DeLong's and hold for rows drawn alike: they say nothing about a changed population or "
            "economy. Applicants who were declined are not in the data unless someone put them there."
        ),
        (
            "以上指标均由上线模型文件在未参与训练的样本上计算，测试集仅使用一次。区间为 DeLong 区间，仅在样本同分布时成立，"
            "不反映客群或经济环境的变化。被拒绝的申请人除非另行补入，否则不在数据中。"
        ),
    ),
}


def word(key: str, language: str) -> str:
    """The word for ``key`` in ``en`` or ``zh-CN``; the key itself when it has none."""
    pair = WORDS.get(key)
    return key if pair is None else pair[0 if language == "en" else 1]


def both(english: str, chinese: str) -> Markup:
    """Both languages side by side; the page shows one of them."""
    if english == chinese:
        return escape(english)
    return Markup('<span lang="en">{}</span><span lang="zh-CN">{}</span>').format(english, chinese)
