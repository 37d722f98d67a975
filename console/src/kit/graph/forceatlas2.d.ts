declare module "graphology-layout-forceatlas2/iterate.js" {
  /** One iteration over the library's own matrices: ten numbers a node, three a link; it moves the nodes in place. */
  export default function iterate(settings: Record<string, number | boolean>, nodes: Float32Array, links: Float32Array): unknown;
}
