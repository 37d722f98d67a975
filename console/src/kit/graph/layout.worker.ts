/** Works out beside the page where nodes lie: ForceAtlas2, some iterations at a time, so that what moves can be seen. */
import iterate from "graphology-layout-forceatlas2/iterate.js";
import { NODE_WIDTH, settingsOf, type LayoutAsked, type LayoutTold } from "./layout";

const PER_TURN_MS = 40;
let current = 0;

self.addEventListener("message", (event: MessageEvent<LayoutAsked>) => {
  const { job, nodes, links, iterations } = event.data;
  current = job;
  const settings = settingsOf(nodes.length / NODE_WIDTH);
  let left = iterations;
  const turn = (): void => {
    if (job !== current) return; // asked anew meanwhile
    const until = performance.now() + PER_TURN_MS;
    while (left > 0 && performance.now() < until) {
      iterate(settings, nodes, links);
      left -= 1;
    }
    const places = new Float32Array((nodes.length / NODE_WIDTH) * 2);
    for (let node = 0; node < places.length / 2; node += 1) {
      places[2 * node] = nodes[NODE_WIDTH * node]!;
      places[2 * node + 1] = nodes[NODE_WIDTH * node + 1]!;
    }
    const told: LayoutTold = { job, places, done: left <= 0 };
    self.postMessage(told, { transfer: [places.buffer] });
    if (left > 0) setTimeout(turn);
  };
  turn();
});
