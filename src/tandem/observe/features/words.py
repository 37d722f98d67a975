"""A feature in a sentence, for people, in English and Chinese."""

from __future__ import annotations

from tandem.observe.features.definitions import Aggregate, Base, BaseKind, Feature, FeatureSet, window_text

__all__ = ["in_words"]

_WHAT = {
    "en": {
        BaseKind.COUNT: "number of {events} events",
        BaseKind.SUM: "sum of {field} over {events} events",
        BaseKind.MEAN: "mean {field} over {events} events",
        BaseKind.MIN: "smallest {field} over {events} events",
        BaseKind.MAX: "largest {field} over {events} events",
        BaseKind.STD: "standard deviation of {field} over {events} events",
        BaseKind.DISTINCT: "number of different {field} values over {events} events",
        BaseKind.FIRST: "first {field} of {events} events",
        BaseKind.LAST: "last {field} of {events} events",
        BaseKind.TIME_SINCE: "seconds since the last {events} event",
        BaseKind.CURRENT: "{field} of this event",
        BaseKind.ELAPSED: "time since the last {events} event",
        BaseKind.REPEATS: "number of {events} events with the same {field} as this one",
    },
    "zh": {
        BaseKind.COUNT: "{events} 事件数",
        BaseKind.SUM: "{events} 事件 {field} 合计",
        BaseKind.MEAN: "{events} 事件 {field} 均值",
        BaseKind.MIN: "{events} 事件 {field} 最小值",
        BaseKind.MAX: "{events} 事件 {field} 最大值",
        BaseKind.STD: "{events} 事件 {field} 标准差",
        BaseKind.DISTINCT: "{events} 事件不同 {field} 个数",
        BaseKind.FIRST: "{events} 事件首个 {field}",
        BaseKind.LAST: "{events} 事件最近 {field}",
        BaseKind.TIME_SINCE: "距上次 {events} 事件的秒数",
        BaseKind.CURRENT: "本次事件的 {field}",
        BaseKind.ELAPSED: "距上次 {events} 事件的时间",
        BaseKind.REPEATS: "{events} 事件中 {field} 与本次相同的个数",
    },
}
_COMBINED = {
    "en": {
        Aggregate.RATIO: "{0} divided by {1}",
        Aggregate.SHARE: "{0} as a share of {1}",
        Aggregate.TREND: "{0} compared with {1}, per unit of time",
        Aggregate.ZSCORE: "{0}, in standard deviations from the {1}",
        Aggregate.NOVELTY: "1 where this event adds to the {1}, else 0",
        Aggregate.PROFILE_DISTANCE: "1 less the {0} divided by the {1}",
        Aggregate.DISTANCE: "metres from the place before to that of this event; the place before is the {1}, with its longitude",
        Aggregate.SPEED: "metres per second from the place before to that of this event; the place before is the {1}, with its longitude",
        Aggregate.WITHOUT: "1 where the one happened and the other has not since, else 0: {0}; {1}",
    },
    "zh": {
        Aggregate.RATIO: "{0} 除以 {1}",
        Aggregate.SHARE: "{0} 占 {1} 的比例",
        Aggregate.TREND: "{0} 相对 {1} 的变化（按单位时间）",
        Aggregate.ZSCORE: "{0} 偏离 {1} 的标准差倍数",
        Aggregate.NOVELTY: "本次事件使“{1}”增加时为 1，否则为 0",
        Aggregate.PROFILE_DISTANCE: "1 减去“{0}”除以“{1}”",
        Aggregate.DISTANCE: "从上次地点到本次地点的距离（米）；上次地点为{1}，及其经度",
        Aggregate.SPEED: "从上次地点到本次地点的速度（米/秒）；上次地点为{1}，及其经度",
        Aggregate.WITHOUT: "前者发生而其后未发生后者时为 1，否则为 0：{0}；{1}",
    },
}


def in_words(feature: Feature, feature_set: FeatureSet, language: str) -> str:
    """One sentence saying what ``feature`` is; English where ``language`` is unknown."""
    spoken = "zh" if language.startswith("zh") else "en"
    entity = " + ".join(feature_set.entity)
    parts = [_base(base, entity, spoken) for base in feature.operands]
    sentence = parts[0] if len(parts) == 1 else _COMBINED[spoken][feature.aggregate].format(*parts)
    return sentence[:1].upper() + sentence[1:] + ("。" if spoken == "zh" else ".")


def _base(base: Base, entity: str, language: str) -> str:
    events = (" 或 " if language == "zh" else " or ").join(base.events)
    what = _WHAT[language][base.kind].format(events=events, field=base.field)
    if base.kind is BaseKind.CURRENT:
        return what
    if language == "zh":
        window = "全部历史" if base.window is None else f"最近 {window_text(base.window)}"
        tiled = "" if base.hop is None else f"（按 {window_text(base.hop)} 对齐）"
        own = "含本次" if base.include_self else "不含本次"
        where = f"，条件 {base.where}" if base.where else ""
        return f"同一 {entity} 在{window}{tiled}内的{what}（{own}{where}）"
    window = "in its whole history" if base.window is None else f"in the last {window_text(base.window)}"
    tiled = "" if base.hop is None else f" (in tiles of {window_text(base.hop)})"
    own = "this event included" if base.include_self else "this event excluded"
    where = f", where {base.where}" if base.where else ""
    return f"{what} of the same {entity} {window}{tiled}, {own}{where}"
