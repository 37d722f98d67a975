/** The tokens as a theme of the charts, which do not follow the page by themselves. */
import { DARK, LIGHT, SANS, type Palette } from "../../app/tokens";

export const paletteOf = (scheme: "light" | "dark"): Palette => (scheme === "dark" ? DARK : LIGHT);

export function chartTheme(scheme: "light" | "dark"): object {
  const { series, ink, soft, line, edge, surface } = paletteOf(scheme);
  const axis = {
    axisLine: { lineStyle: { color: edge } },
    axisTick: { show: false },
    axisLabel: { color: soft },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: soft },
  };
  return {
    color: series,
    backgroundColor: "transparent",
    textStyle: { fontFamily: SANS, color: ink },
    grid: { left: 8, right: 12, top: 28, bottom: 8, containLabel: true },
    legend: { textStyle: { color: soft }, icon: "roundRect", itemWidth: 10, itemHeight: 10 },
    tooltip: { backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    line: { symbol: "none", lineStyle: { width: 2 } },
    bar: { itemStyle: { borderRadius: [2, 2, 0, 0] } },
  };
}
