// The compiled twin of walking.py, shapley.py and contributions.py: same margins to the last bit, same contributions to
// about 1e-15 relative. No -ffast-math, no fused operations: sums run in the order of the document. What is no tree is in
// tables.hpp (the twin of tables.py) and rows.hpp (of encoding.py and reasons.py).
//
// Two layouts of the same trees:
//   walk   every tree padded to its depth (leaves loop to themselves), four trees at a time, so that a row costs no
//          branch prediction and the four chains of loads overlap;
//   blocks for contributions: a subtree whose decisions, with those on the path to it, fit BLOCK_BITS has one table row
//          per combination of decisions, holding the summed Shapley values of all its leaves. A row of data costs one
//          comparison per node and one table row per block instead of one per leaf.
//
// Every index is checked again here, although validation.py has done so: this file is the one that can crash a process.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "tandem/decide/models/rows.hpp"
#include "tandem/decide/models/tables.hpp"

namespace nb = nanobind;

namespace {

using tandem::Doubles;
using tandem::Groups;
using tandem::Ints;
using tandem::Matrix;
using tandem::NOT_A_NUMBER;
using tandem::Values;
using tandem::require;

constexpr double ZERO = 1.0000000180025095e-35;
constexpr int MAX_TABLE_INPUTS = 6;   // as in contributions.py
constexpr int MAX_TABLE_NODES = 64;   // decisions of a tree fit one word
constexpr int MAX_BLOCK_BITS = 12;

// walking.flushed: tiny values are zero, infinities the largest finite number, NaN stays.
inline double flushed(double value) {
    constexpr double LARGEST = std::numeric_limits<double>::max();
    if (value >= -ZERO && value <= ZERO) return 0.0;
    return value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
}

// One inner node, ready to decide: `slot` reads the value, or the value with zeros made NaN for LightGBM's missing type
// Zero; a NaN goes `nan_left`, anything else by the threshold. Children are positions in the tree's own array.
struct Node {
    double threshold;
    int32_t slot;
    int32_t nan_left;
    int32_t child[2];  // [0] right, [1] left
};

inline int decide(const Node& node, const double* values) {
    const double value = values[node.slot];
    return int(value <= node.threshold) | (int(value != value) & node.nan_left);
}

struct Tree {  // as in the document
    const int32_t *feature, *missing, *default_left, *left, *right, *leaf_count;
    const double *threshold, *leaf;
    int nodes;
    std::vector<int64_t> counts;  // training rows per inner node
    int64_t rows(int child) const { return child >= 0 ? counts[child] : leaf_count[-child - 1]; }
};

// ---- contributions by recursion, for trees too deep for a table (Lundberg et al., algorithm 2) -----------------------

struct Step {
    int feature;
    double zero, one, weight;
};

void extend(std::vector<Step>& path, double zero, double one, int feature) {
    const int depth = int(path.size());
    path.push_back({feature, zero, one, depth == 0 ? 1.0 : 0.0});
    for (int i = depth - 1; i >= 0; --i) {
        path[i + 1].weight += one * path[i].weight * (i + 1) / (depth + 1);
        path[i].weight = zero * path[i].weight * (depth - i) / (depth + 1);
    }
}

void unwind(std::vector<Step>& path, int at) {
    const int depth = int(path.size()) - 1;
    const double zero = path[at].zero, one = path[at].one;
    double following = path[depth].weight;
    for (int i = depth - 1; i >= 0; --i) {
        if (one != 0.0) {
            const double kept = path[i].weight;
            path[i].weight = following * (depth + 1) / ((i + 1) * one);
            following = kept - path[i].weight * zero * (depth - i) / (depth + 1);
        } else {
            path[i].weight = path[i].weight * (depth + 1) / (zero * (depth - i));
        }
    }
    for (int i = at; i < depth; ++i) {
        path[i].feature = path[i + 1].feature;
        path[i].zero = path[i + 1].zero;
        path[i].one = path[i + 1].one;
    }
    path.pop_back();
}

double unwound_sum(const std::vector<Step>& path, int at) {
    const int depth = int(path.size()) - 1;
    const double zero = path[at].zero, one = path[at].one;
    double following = path[depth].weight, total = 0.0;
    for (int i = depth - 1; i >= 0; --i) {
        if (one != 0.0) {
            const double part = following * (depth + 1) / ((i + 1) * one);
            total += part;
            following = path[i].weight - part * zero * (double(depth - i) / (depth + 1));
        } else {
            total += path[i].weight / zero / (double(depth - i) / (depth + 1));
        }
    }
    return total;
}

void recurse(const Tree& tree, const Node* nodes, const double* values, double* into, int node, std::vector<Step> path,
             double zero, double one, int feature) {
    extend(path, zero, one, feature);
    if (node < 0) {
        const double value = tree.leaf[-node - 1];
        for (int i = 1; i < int(path.size()); ++i) {
            into[path[i].feature] += unwound_sum(path, i) * (path[i].one - path[i].zero) * value;
        }
        return;
    }
    const int split = tree.feature[node];
    int hot = tree.left[node], cold = tree.right[node];
    if (!decide(nodes[node], values)) std::swap(hot, cold);
    double inherited_zero = 1.0, inherited_one = 1.0;
    for (int i = 1; i < int(path.size()); ++i) {
        if (path[i].feature == split) {
            inherited_zero = path[i].zero;
            inherited_one = path[i].one;
            unwind(path, i);
            break;
        }
    }
    const double reached = double(tree.counts[node]);
    recurse(tree, nodes, values, into, hot, path, inherited_zero * (double(tree.rows(hot)) / reached), inherited_one,
            split);
    recurse(tree, nodes, values, into, cold, path, inherited_zero * (double(tree.rows(cold)) / reached), 0.0, split);
}

// ---- contributions by table -----------------------------------------------------------------------------------------

// A leaf, the distinct inputs above it, and its 2**d x d Shapley values (contributions.leaf_table).
struct LeafTable {
    std::vector<int> features;
    std::vector<double> shares;
    std::vector<uint64_t> nodes;  // per input: its nodes on the path ...
    std::vector<uint64_t> wanted; // ... and which of them must go left
    std::vector<double> values;
};

void fill(LeafTable& table, double value) {
    const int d = int(table.features.size());
    table.values.assign(size_t(d) << d, 0.0);
    double weight[MAX_TABLE_INPUTS];  // k! (d-1-k)! / d! = 1 / (d C(d-1, k))
    for (int k = 0, choose = 1; k < d; choose = choose * (d - 1 - k) / (k + 1), ++k) weight[k] = 1.0 / (d * choose);
    for (int mask = 0; mask < (1 << d); ++mask) {
        for (int j = 0; j < d; ++j) {
            if ((mask >> j) & 1) continue;  // the sum is over the others: both cases of j at once
            double coefficient[MAX_TABLE_INPUTS] = {1.0};
            for (int i = 0, degree = 0; i < d; ++i) {
                if (i == j) continue;
                const double one = (mask >> i) & 1, share = table.shares[i];
                for (int k = ++degree; k > 0; --k) {
                    coefficient[k] = coefficient[k] * share + coefficient[k - 1] * one;
                }
                coefficient[0] *= share;
            }
            double total = 0.0;
            for (int k = 0; k < d; ++k) total += coefficient[k] * weight[k];
            table.values[size_t(mask) * d + j] = total * (0.0 - table.shares[j]) * value;
            table.values[size_t(mask | (1 << j)) * d + j] = total * (1.0 - table.shares[j]) * value;
        }
    }
}

struct Block {
    uint32_t table;     // first row in the pool
    uint32_t features;  // first entry in the pool of feature indices
    uint16_t width;     // inputs, so doubles per row
    uint16_t bits;
    uint8_t node[MAX_BLOCK_BITS];  // which decision of the tree is which bit
};

struct TreeBlocks {
    uint32_t first_node, nodes, first_block, blocks;
};

class Kernel {
public:
    Kernel(Ints node_offsets, Ints leaf_offsets, Ints feature, Doubles threshold, Ints missing, Ints default_left,
           Ints left, Ints right, Doubles leaf, Ints leaf_count, double base, Ints groups, nb::list codes,
           nb::callable number_of, nb::callable category_text, int block_bits, double table_bytes_max)
        : inputs_(int(nb::len(codes))), base_(base), values_(std::move(number_of), std::move(category_text)),
          groups_(groups) {
        require(block_bits >= MAX_TABLE_INPUTS && block_bits <= MAX_BLOCK_BITS, "block_bits outside its range");
        take_codes(codes);
        take_trees(node_offsets, leaf_offsets, feature, threshold, missing, default_left, left, right, leaf,
                   leaf_count);
        build_nodes();
        build_blocks(block_bits, table_bytes_max);
    }

    // The margin of one row of Python values.
    double margin(nb::handle row) const {
        Scratch values(slots_);
        encode(row, values.data());
        return walk(values.data());
    }

    // The contribution of every input of one row of Python values.
    nb::list contributions(nb::handle row) const {
        Scratch values(slots_), totals(inputs_);
        encode(row, values.data());
        explain(values.data(), totals.data());
        return tandem::listed(totals.data(), inputs_);
    }

    // Up to `top` groups of inputs with a positive sum, largest first: [(input that added most, sum in 1e-9), ...].
    nb::list adverse(nb::handle row, int top) const {
        Scratch values(slots_), totals(inputs_);
        encode(row, values.data());
        explain(values.data(), totals.data());
        return groups_.ranked(totals.data(), top);
    }

    // Add `scale` times the contribution of input i to totals[positions[i]]; for blends.
    void add_contributions(nb::handle row, double scale, Ints positions, nb::list totals) const {
        Scratch values(slots_), parts(inputs_);
        encode(row, values.data());
        explain(values.data(), parts.data());
        tandem::add_scaled(parts.data(), inputs_, scale, positions, totals);
    }

    // Margins of encoded rows [n, inputs] into `out`.
    void margins(Matrix rows, nb::ndarray<double, nb::ndim<1>, nb::c_contig, nb::device::cpu> out) const {
        require(int(rows.shape(1)) == inputs_, "another number of columns than inputs");
        require(rows.shape(0) == out.shape(0), "another number of results than rows");
        const double* from = rows.data();
        double* to = out.data();
        const size_t count = rows.shape(0);
        nb::gil_scoped_release release;
        std::vector<double> values(slots_);
        for (size_t r = 0; r < count; ++r) {
            for (int i = 0; i < inputs_; ++i) values[i] = flushed(from[r * inputs_ + i]);
            fill_zero_slots(values.data());
            to[r] = walk(values.data());
        }
    }

    size_t table_bytes() const { return pool_.size() * sizeof(double); }
    int tabled_trees() const { return int(tabled_.size()); }

private:
    using Scratch = tandem::Room<double>;

    void take_codes(const nb::list& codes) {
        require(int(groups_.size()) == inputs_, "one group per input");
        for (int i = 0; i < inputs_; ++i) {
            nb::object table = codes[i];
            require(table.is_none() || nb::isinstance<nb::dict>(table), "codes are None or a dict");
            codes_.push_back(table);
        }
    }

    template <typename Array, typename T>
    static void copy(const Array& from, std::vector<T>& to, size_t size, const char* what) {
        require(from.size() == size, what);
        to.assign(from.data(), from.data() + from.size());
    }

    void take_trees(const Ints& node_offsets, const Ints& leaf_offsets, const Ints& feature, const Doubles& threshold,
                    const Ints& missing, const Ints& default_left, const Ints& left, const Ints& right,
                    const Doubles& leaf, const Ints& leaf_count) {
        const size_t n = feature.size(), leaves = leaf.size();
        require(node_offsets.size() >= 1 && node_offsets.size() == leaf_offsets.size(), "offsets of nodes and leaves");
        copy(feature, feature_, n, "feature");
        copy(threshold, threshold_, n, "threshold");
        copy(missing, missing_, n, "missing");
        copy(default_left, default_left_, n, "default_left");
        copy(left, left_, n, "left");
        copy(right, right_, n, "right");
        copy(leaf, leaf_, leaves, "leaf");
        copy(leaf_count, leaf_count_, leaves, "leaf_count");
        const size_t count = node_offsets.size() - 1;
        require(node_offsets.data()[0] == 0 && leaf_offsets.data()[0] == 0, "offsets start at zero");
        for (size_t t = 0; t < count; ++t) {
            const int64_t first = node_offsets.data()[t], last = node_offsets.data()[t + 1];
            const int64_t first_leaf = leaf_offsets.data()[t], last_leaf = leaf_offsets.data()[t + 1];
            require(first >= 0 && first <= last && last <= int64_t(n), "node offsets");
            require(first_leaf >= 0 && last_leaf - first_leaf == last - first + 1 && last_leaf <= int64_t(leaves),
                    "leaf offsets");
            trees_.push_back({feature_.data() + first, missing_.data() + first, default_left_.data() + first,
                              left_.data() + first, right_.data() + first, leaf_count_.data() + first_leaf,
                              threshold_.data() + first, leaf_.data() + first_leaf, int(last - first), {}});
            check_tree(trees_.back());
        }
    }

    void check_tree(Tree& tree) const {
        std::vector<char> seen_node(tree.nodes, 0), seen_leaf(tree.nodes + 1, 0);
        tree.counts.assign(tree.nodes, 0);
        for (int node = tree.nodes - 1; node >= 0; --node) {
            require(tree.feature[node] >= 0 && tree.feature[node] < inputs_, "feature outside the inputs");
            require(tree.missing[node] >= 0 && tree.missing[node] <= 2, "missing type");
            for (int child : {tree.left[node], tree.right[node]}) {
                const bool inner = child >= 0;
                require(inner ? child > node && child < tree.nodes : -child - 1 <= tree.nodes, "child outside the tree");
                char& seen = inner ? seen_node[child] : seen_leaf[-child - 1];
                require(!seen, "child with two parents");
                seen = 1;
                tree.counts[node] += tree.rows(child);
            }
            require(tree.counts[node] > 0, "a node without training rows");
        }
    }

    // The walkers' nodes; leaves follow the inner nodes and lead to themselves.
    void build_nodes() {
        zero_slot_.assign(inputs_, -1);
        slots_ = inputs_;
        for (const Tree& tree : trees_) {
            for (int node = 0; node < tree.nodes; ++node) {
                int32_t& slot = zero_slot_[tree.feature[node]];
                if (tree.missing[node] == 1 && slot < 0) slot = slots_++;
            }
        }
        for (const Tree& tree : trees_) {
            const int32_t first = int32_t(nodes_.size());
            std::vector<int> depth(tree.nodes, 0);
            int deepest = 0;
            const auto place = [&](int child) { return first + (child >= 0 ? child : tree.nodes - child - 1); };
            for (int node = 0; node < tree.nodes; ++node) {
                const int missing = tree.missing[node];
                const int nan_left = missing == 0 ? int(0.0 <= tree.threshold[node]) : int(tree.default_left[node] != 0);
                const int slot = missing == 1 ? zero_slot_[tree.feature[node]] : tree.feature[node];
                nodes_.push_back({tree.threshold[node], slot, nan_left,
                                  {place(tree.right[node]), place(tree.left[node])}});
                deepest = std::max(deepest, depth[node] + 1);
                for (int child : {tree.left[node], tree.right[node]}) {
                    if (child >= 0) depth[child] = depth[node] + 1;
                }
            }
            for (int leaf = 0; leaf <= tree.nodes; ++leaf) {
                const int32_t here = first + tree.nodes + leaf;
                nodes_.push_back({tree.leaf[leaf], 0, 0, {here, here}});
            }
            roots_.push_back(first);
            depths_.push_back(deepest);
        }
    }

    int step(int at, const double* values) const {
        const Node& node = nodes_[at];
        return node.child[decide(node, values)];
    }

    double walk(const double* values) const {
        double total = base_;
        const size_t count = roots_.size();
        size_t t = 0;
        for (; t + 4 <= count; t += 4) {
            int a = roots_[t], b = roots_[t + 1], c = roots_[t + 2], d = roots_[t + 3];
            const int deepest = std::max({depths_[t], depths_[t + 1], depths_[t + 2], depths_[t + 3]});
            for (int level = 0; level < deepest; ++level) {
                a = step(a, values);
                b = step(b, values);
                c = step(c, values);
                d = step(d, values);
            }
            total += nodes_[a].threshold;  // of a leaf: its value
            total += nodes_[b].threshold;
            total += nodes_[c].threshold;
            total += nodes_[d].threshold;
        }
        for (; t < count; ++t) {
            int at = roots_[t];
            for (int level = 0; level < depths_[t]; ++level) at = step(at, values);
            total += nodes_[at].threshold;
        }
        return total;
    }

    // ---- encoding

    void encode(nb::handle row, double* values) const {
        tandem::each_value(row, inputs_, [&](int i, nb::handle item) {
            values[i] = flushed(codes_[i].is_none() ? values_.number(item.ptr()) : known_code(item, codes_[i]));
        });
        fill_zero_slots(values);
    }

    // Trees take a text outside the categories as missing.
    double known_code(nb::handle item, const nb::object& table) const {
        const double code = values_.code(item, table);
        return code < 0.0 ? NOT_A_NUMBER : code;
    }

    void fill_zero_slots(double* values) const {
        if (slots_ == inputs_) return;
        for (int i = 0; i < inputs_; ++i) {
            if (zero_slot_[i] >= 0) values[zero_slot_[i]] = values[i] == 0.0 ? NOT_A_NUMBER : values[i];
        }
    }

    // ---- contributions

    // Leaf tables of a tree, or none where it is too large for them.
    std::vector<LeafTable> leaf_tables(const Tree& tree, std::vector<int>& parent) const {
        std::vector<LeafTable> tables;
        parent.assign(2 * tree.nodes + 1, -1);  // inner nodes, then leaves
        for (int node = 0; node < tree.nodes; ++node) {
            for (int child : {tree.left[node], tree.right[node]}) {
                parent[child >= 0 ? child : tree.nodes - child - 1] = node;
            }
        }
        for (int leaf = 0; leaf <= tree.nodes; ++leaf) {
            LeafTable table;
            std::vector<std::pair<int, int>> path;  // (node, child), from the root
            int child = -leaf - 1;
            for (int node = parent[tree.nodes + leaf]; node >= 0; node = parent[node]) {
                path.push_back({node, child});
                child = node;
            }
            std::reverse(path.begin(), path.end());
            for (const auto& [node, next] : path) {
                const auto found = std::find(table.features.begin(), table.features.end(), tree.feature[node]);
                const size_t j = size_t(found - table.features.begin());
                if (found == table.features.end()) {
                    table.features.push_back(tree.feature[node]);
                    table.shares.push_back(1.0);
                    table.nodes.push_back(0);
                    table.wanted.push_back(0);
                }
                table.shares[j] *= double(tree.rows(next)) / double(tree.counts[node]);
                table.nodes[j] |= uint64_t(1) << node;
                if (tree.left[node] == next) table.wanted[j] |= uint64_t(1) << node;
            }
            if (table.features.size() > size_t(MAX_TABLE_INPUTS)) return {};
            tables.push_back(std::move(table));
        }
        for (int leaf = 0; leaf <= tree.nodes; ++leaf) fill(tables[leaf], tree.leaf[leaf]);
        return tables;
    }

    void build_blocks(int block_bits, double table_bytes_max) {
        for (size_t t = 0; t < trees_.size(); ++t) {
            const Tree& tree = trees_[t];
            if (tree.nodes == 0) continue;
            const bool room = double(pool_.size()) * sizeof(double) < table_bytes_max;
            std::vector<int> parent;
            std::vector<LeafTable> tables;
            if (room && tree.nodes <= MAX_TABLE_NODES && depths_[t] <= block_bits) tables = leaf_tables(tree, parent);
            if (tables.empty()) {
                recursed_.push_back(int(t));
                continue;
            }
            TreeBlocks placed{uint32_t(roots_[t]), uint32_t(tree.nodes), uint32_t(blocks_.size()), 0};
            split_into_blocks(tree, tables, parent, 0, 0, block_bits);
            placed.blocks = uint32_t(blocks_.size()) - placed.first_block;
            tabled_.push_back(placed);
        }
    }

    static int inner_nodes(const Tree& tree, int node) {
        return node < 0 ? 0 : 1 + inner_nodes(tree, tree.left[node]) + inner_nodes(tree, tree.right[node]);
    }

    void split_into_blocks(const Tree& tree, const std::vector<LeafTable>& tables, const std::vector<int>& parent,
                           int node, int depth, int block_bits) {
        if (depth + inner_nodes(tree, node) <= block_bits) return add_block(tree, tables, parent, node);
        split_into_blocks(tree, tables, parent, tree.left[node], depth + 1, block_bits);
        split_into_blocks(tree, tables, parent, tree.right[node], depth + 1, block_bits);
    }

    void add_block(const Tree& tree, const std::vector<LeafTable>& tables, const std::vector<int>& parent, int top) {
        std::vector<int> deciding, leaves, features;
        for (int at = parent[top >= 0 ? top : tree.nodes - top - 1]; at >= 0; at = parent[at]) deciding.push_back(at);
        std::vector<int> open{top};
        while (!open.empty()) {
            const int at = open.back();
            open.pop_back();
            if (at < 0) {
                leaves.push_back(-at - 1);
                continue;
            }
            deciding.push_back(at);
            open.push_back(tree.right[at]);
            open.push_back(tree.left[at]);
        }
        std::sort(deciding.begin(), deciding.end());
        for (int leaf : leaves) features.insert(features.end(), tables[leaf].features.begin(), tables[leaf].features.end());
        std::sort(features.begin(), features.end());
        features.erase(std::unique(features.begin(), features.end()), features.end());

        Block block{};
        block.bits = uint16_t(deciding.size());
        block.width = uint16_t(features.size());
        block.features = uint32_t(block_features_.size());
        require(pool_.size() + (size_t(block.width) << block.bits) < UINT32_MAX, "tables over 32 bits");
        block.table = uint32_t(pool_.size());
        for (size_t i = 0; i < deciding.size(); ++i) block.node[i] = uint8_t(deciding[i]);
        block_features_.insert(block_features_.end(), features.begin(), features.end());
        pool_.resize(pool_.size() + (size_t(block.width) << block.bits), 0.0);
        std::vector<std::vector<int>> places;  // per leaf: where its inputs stand in the row
        for (int leaf : leaves) {
            places.emplace_back();
            for (int feature : tables[leaf].features) {
                const auto at = std::lower_bound(features.begin(), features.end(), feature);
                places.back().push_back(int(at - features.begin()));
            }
        }
        double* row = pool_.data() + block.table;
        for (uint32_t index = 0; index < (1u << block.bits); ++index, row += block.width) {
            uint64_t decisions = 0;
            for (int i = 0; i < block.bits; ++i) decisions |= uint64_t((index >> i) & 1) << block.node[i];
            for (size_t l = 0; l < leaves.size(); ++l) {
                const LeafTable& table = tables[leaves[l]];
                const size_t d = table.features.size();
                size_t mask = 0;
                for (size_t j = 0; j < d; ++j) {
                    mask |= size_t((decisions & table.nodes[j]) == table.wanted[j]) << j;
                }
                for (size_t j = 0; j < d; ++j) row[places[l][j]] += table.values[mask * d + j];
            }
        }
        blocks_.push_back(block);
    }

    void explain(const double* values, double* totals) const {
        for (const TreeBlocks& tree : tabled_) {
            uint64_t decisions = 0;
            const Node* node = nodes_.data() + tree.first_node;
            for (uint32_t i = 0; i < tree.nodes; ++i) decisions |= uint64_t(decide(node[i], values)) << i;
            const Block* block = blocks_.data() + tree.first_block;
            for (const Block* end = block + tree.blocks; block != end; ++block) {
                uint32_t index = 0;
                for (int i = 0; i < block->bits; ++i) index |= uint32_t((decisions >> block->node[i]) & 1) << i;
                const double* row = pool_.data() + block->table + size_t(index) * block->width;
                const int32_t* feature = block_features_.data() + block->features;
                for (int i = 0; i < block->width; ++i) totals[feature[i]] += row[i];
            }
        }
        for (int t : recursed_) {
            std::vector<Step> path;
            recurse(trees_[t], nodes_.data() + roots_[t], values, totals, 0, path, 1.0, 1.0, -1);
        }
    }

    int inputs_, slots_ = 0;
    double base_;
    Values values_;
    Groups groups_;
    std::vector<nb::object> codes_;
    std::vector<int32_t> feature_, missing_, default_left_, left_, right_, leaf_count_;
    std::vector<double> threshold_, leaf_;
    std::vector<Tree> trees_;
    std::vector<Node> nodes_;
    std::vector<int32_t> roots_, depths_, zero_slot_;
    std::vector<TreeBlocks> tabled_;
    std::vector<Block> blocks_;
    std::vector<int32_t> block_features_;
    std::vector<double> pool_;
    std::vector<int> recursed_;
};

}  // namespace

NB_MODULE(_compiled, m) {
    // A kernel that lives as long as the process is no leak, and its users need no warning about it.
    nb::set_leak_warnings(false);
    m.doc() = "Compiled twins of trees and tables; see walking.py, contributions.py and tables.py.";
    nb::class_<tandem::Ranking>(m, "Ranking")
        .def(nb::init<Ints>(), nb::arg("groups"))
        .def("__call__", &tandem::Ranking::operator(), nb::arg("contributions"), nb::arg("top"));
    nb::class_<tandem::Tables>(m, "Tables")
        .def(nb::init<double, nb::object, Ints, nb::callable, nb::callable>(), nb::arg("intercept"),
             nb::arg("base_points").none(), nb::arg("groups"), nb::arg("number_of"), nb::arg("category_text"))
        .def("add_input", &tandem::Tables::add_input, nb::arg("codes").none(), nb::arg("edges"),
             nb::arg("special_values"), nb::arg("special_places"), nb::arg("missing"), nb::arg("unknown"),
             nb::arg("weights"), nb::arg("offsets"), nb::arg("points"))
        .def("add_pair", &tandem::Tables::add_pair, nb::arg("first"), nb::arg("second"), nb::arg("rows"),
             nb::arg("columns"), nb::arg("weights"), nb::arg("halves"))
        .def("measure", &tandem::Tables::measure, nb::arg("row"))
        .def("contributions", &tandem::Tables::contributions, nb::arg("row"))
        .def("adverse", &tandem::Tables::adverse, nb::arg("row"), nb::arg("top"))
        .def("add_contributions", &tandem::Tables::add_contributions, nb::arg("row"), nb::arg("scale"),
             nb::arg("positions"), nb::arg("totals"));
    nb::class_<Kernel>(m, "Kernel")
        .def(nb::init<Ints, Ints, Ints, Doubles, Ints, Ints, Ints, Ints, Doubles, Ints, double, Ints, nb::list,
                      nb::callable, nb::callable, int, double>(),
             nb::arg("node_offsets"), nb::arg("leaf_offsets"), nb::arg("feature"), nb::arg("threshold"),
             nb::arg("missing"), nb::arg("default_left"), nb::arg("left"), nb::arg("right"), nb::arg("leaf"),
             nb::arg("leaf_count"), nb::arg("base"), nb::arg("groups"), nb::arg("codes"), nb::arg("number_of"),
             nb::arg("category_text"), nb::arg("block_bits"), nb::arg("table_bytes_max"))
        .def("margin", &Kernel::margin, nb::arg("row"))
        .def("contributions", &Kernel::contributions, nb::arg("row"))
        .def("adverse", &Kernel::adverse, nb::arg("row"), nb::arg("top"))
        .def("add_contributions", &Kernel::add_contributions, nb::arg("row"), nb::arg("scale"), nb::arg("positions"),
             nb::arg("totals"))
        .def("margins", &Kernel::margins, nb::arg("rows"), nb::arg("out"))
        .def_prop_ro("table_bytes", &Kernel::table_bytes)
        .def_prop_ro("tabled_trees", &Kernel::tabled_trees);
}
