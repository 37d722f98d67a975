/** What is drawn of a graph. */
export type Shape = "circle" | "square" | "triangle" | "diamond" | "pentagon" | "hexagon" | "wedge" | "bar";

/** By place of the kind among the identifiers; members are circles. */
export const SHAPES: readonly Shape[] = ["square", "triangle", "diamond", "pentagon", "hexagon", "wedge", "bar"];

export interface DrawnNode {
  id: string;
  label: string; // said when pointed at
  shape: Shape;
  colour: string;
  size: number; // radius in px at a zoom of one
  text?: string | undefined; // always written beside it
  ringed?: boolean; // a thick line around it: known to be bad
  dotted?: boolean; // a dot on it: on a list
  faded?: boolean;
}

export interface DrawnLink {
  from: string;
  to: string;
  strong?: boolean; // on a path, or what holds a ring together
}
