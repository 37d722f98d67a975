import classes from "./overview.module.css";

const WIDTH = 120;
const HEIGHT = 28;

/** The course of a number as a small line; gaps where nothing is known. The chart below has the same numbers as a table. */
export function Sparkline({ values }: { values: readonly (number | null | undefined)[] }) {
  const known = values.filter((one): one is number => typeof one === "number");
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (place: number): number => (values.length < 2 ? WIDTH / 2 : (place / (values.length - 1)) * (WIDTH - 4) + 2);
  const y = (value: number): number => (high === low ? HEIGHT / 2 : HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6));
  let path = "";
  let open = false;
  const alone: [number, number][] = [];
  values.forEach((value, place) => {
    if (typeof value !== "number") {
      open = false;
      return;
    }
    if (!open && typeof values[place + 1] !== "number") alone.push([x(place), y(value)]);
    path += `${open ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
    open = true;
  });
  return (
    <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={path} vectorEffect="non-scaling-stroke" />
      {alone.map(([at, up]) => <path key={at} d={`M${at - 1} ${up}h2`} vectorEffect="non-scaling-stroke" data-alone />)}
    </svg>
  );
}
