export { GraphCanvas } from "./GraphCanvas";
export { Legend, Mark, type LegendEntry } from "./Legend";
export { SHAPES, type DrawnLink, type DrawnNode, type Shape } from "./types";
