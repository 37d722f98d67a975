import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart } from "echarts/charts";
import { DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useEffectEvent, useRef } from "react";
import { chartTheme } from "./theme";

use([
  BarChart, HeatmapChart, LineChart, PieChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent, DataZoomComponent, MarkLineComponent,
  VisualMapComponent, CanvasRenderer,
]);

export interface Picked {
  seriesName?: string;
  name: string;
  dataIndex: number;
}

interface DrawnProps {
  option: EChartsCoreOption;
  height: number;
  scheme: "light" | "dark";
  onPick?: (what: Picked) => void;
}

export default function Drawn({ option, height, scheme, onPick }: DrawnProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useEffectEvent((what: Picked) => onPick?.(what));

  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current, chartTheme(scheme));
    chart.current = made;
    made.on("click", (what) => pick(what as unknown as Picked));
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [scheme]);

  useEffect(() => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tooltip = option["tooltip"] as object | undefined;
    // Drawn on the canvas: a tip made of HTML would need inline styles, which our pages do not allow.
    chart.current?.setOption({ animation: !calm, animationDuration: 250, ...option, ...(tooltip ? { tooltip: { renderMode: "richText", confine: true, ...tooltip } } : {}) }, { notMerge: true });
  }, [option, scheme]);

  return <div ref={place} style={{ height, width: "100%" }} />;
}
