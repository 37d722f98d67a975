// The compiled twin of forward.Forward for one row: the same values in, the same bits out.
//
// Of the arithmetic forward.py says the order: sums run over inputs in turn, and only outputs stand side by side, so that a
// compiler may do several at once and no bit moves. Where this file and the reference ever differ, the reference is right.

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace nb = nanobind;
using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Numbers = std::vector<double>;

namespace {

Numbers copied(const Doubles& from, size_t size) {
    if (from.size() != size) throw nb::value_error("weights of another shape");
    return Numbers(from.data(), from.data() + size);
}

// rows x columns to columns x rows.
Numbers turned(const Numbers& from, size_t rows, size_t columns) {
    Numbers into(from.size());
    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < columns; ++column) into[column * rows + row] = from[row * columns + column];
    return into;
}

// sums[out] += values[in] * weights[in][out], one input after another.
void add_products(double* __restrict sums, const double* __restrict weights, const double* values, size_t inputs, size_t outputs) {
    for (size_t in = 0; in < inputs; ++in, weights += outputs) {
        double value = values[in];
        for (size_t out = 0; out < outputs; ++out) sums[out] += value * weights[out];
    }
}

double relu(double value) { return value > 0.0 ? value : 0.0; }

double positive_share(double below, double above) {
    if (below > 0.0) return above < 0.0 ? below / (below - above) : 1.0;
    if (above > 0.0) return 1.0 - (below == 0.0 ? 0.0 : below / (below - above));
    return 0.0;
}

// A block: weights as the document has them (one output after another), and turned.
struct Block {
    size_t hidden;
    Numbers inner, inner_turned, inner_bias;
    Numbers outer, outer_turned, outer_bias;
};

// An input: where its vectors begin, how many before that of a missing value, and how a value is found among them.
struct Input {
    size_t start, size;
    Numbers knots;
    nb::object codes, find;
};

class Network {
    size_t width;
    std::vector<Input> inputs;
    Numbers rows, steps, means, bias, head;
    double intercept;
    std::vector<Block> blocks;
    double mean_margin = 0.0;

    // A number that is a float and a text that is a str are found here, as vectors.Finder finds them; it is asked for the rest.
    std::pair<size_t, double> found(const Input& input, nb::handle value) const {
        if (value.is_none()) return {input.start + input.size, 0.0};
        if (input.codes.is_none() && PyFloat_CheckExact(value.ptr())) {
            double number = PyFloat_AS_DOUBLE(value.ptr());
            if (number != number) return {input.start + input.size, 0.0};
            const Numbers& knots = input.knots;
            size_t above = size_t(std::upper_bound(knots.begin(), knots.end(), number) - knots.begin());
            if (above == 0) return {input.start, 0.0};
            if (above == knots.size()) return {input.start + knots.size() - 1, 0.0};
            double low = knots[above - 1];
            return {input.start + above - 1, (number - low) / (knots[above] - low)};
        }
        if (!input.codes.is_none() && PyUnicode_CheckExact(value.ptr())) {
            PyObject* code = PyDict_GetItemWithError(input.codes.ptr(), value.ptr());
            if (code == nullptr && PyErr_Occurred()) throw nb::python_error();
            return {code == nullptr ? input.start + input.size + 1 : input.start + size_t(PyFloat_AsDouble(code)), 0.0};
        }
        return nb::cast<std::pair<size_t, double>>(input.find(value));
    }

    Numbers vectors(nb::handle given) const {
        // A copy: what is asked about a value might change the list it came in.
        nb::tuple row(given);
        if (row.size() != inputs.size()) throw nb::value_error("another number of values than inputs");
        Numbers all(inputs.size() * width);
        for (size_t at = 0; at < inputs.size(); ++at) {
            auto [place, share] = found(inputs[at], row[at]);
            if ((place + 1) * width > rows.size()) throw nb::value_error("a place outside the table");
            const double *line = &rows[place * width], *step = &steps[place * width];
            for (size_t i = 0; i < width; ++i) all[at * width + i] = line[i] + share * step[i];
        }
        return all;
    }

    Numbers state_of(const Numbers& found) const {
        Numbers state = bias;
        for (size_t at = 0; at < inputs.size(); ++at)
            for (size_t i = 0; i < width; ++i) state[i] += found[at * width + i];
        return state;
    }

    void into_hidden(const Block& block, const double* state, double* hidden) const {
        std::copy(block.inner_bias.begin(), block.inner_bias.end(), hidden);
        add_products(hidden, block.inner_turned.data(), state, width, block.hidden);
    }

    // Changes the state, and the hidden numbers to their relu.
    void out_of_hidden(const Block& block, double* hidden, double* state) const {
        for (size_t unit = 0; unit < block.hidden; ++unit) hidden[unit] = relu(hidden[unit]);
        for (size_t i = 0; i < width; ++i) state[i] += block.outer_bias[i];
        add_products(state, block.outer_turned.data(), hidden, block.hidden, width);
    }

    double margin_of(Numbers state) const {
        Numbers hidden;
        for (const Block& block : blocks) {
            hidden.resize(block.hidden);
            into_hidden(block, state.data(), hidden.data());
            out_of_hidden(block, hidden.data(), state.data());
        }
        double margin = intercept;
        for (size_t i = 0; i < width; ++i) margin += head[i] * state[i];
        return margin;
    }

    // All points anew, with those where a hidden number changes sign between them; masks of earlier blocks go along.
    void refine(size_t units, Numbers& when, Numbers& states, Numbers& hidden, std::vector<Numbers>& active) const {
        size_t points = when.size();
        Numbers new_when, new_states, new_hidden, cuts;
        std::vector<size_t> segments;
        for (size_t at = 0; at + 1 < points; ++at) {
            const double *below = &hidden[at * units], *above = below + units;
            cuts.assign(1, 0.0);
            for (size_t unit = 0; unit < units; ++unit) {
                if (!((below[unit] > 0.0 && above[unit] < 0.0) || (below[unit] < 0.0 && above[unit] > 0.0))) continue;
                double cut = below[unit] / (below[unit] - above[unit]);
                if (cut > 0.0 && cut < 1.0) cuts.push_back(cut);
            }
            std::sort(cuts.begin(), cuts.end());
            cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
            for (double cut : cuts) {
                segments.push_back(at);
                auto between = [cut](const Numbers& line, size_t from, size_t size, Numbers& into) {
                    for (size_t i = 0; i < size; ++i) {
                        double low = line[from + i], high = line[from + size + i];
                        into.push_back(cut == 0.0 ? low : low + cut * (high - low));
                    }
                };
                between(when, at, 1, new_when);
                between(states, at * width, width, new_states);
                between(hidden, at * units, units, new_hidden);
            }
        }
        new_when.push_back(when.back());
        new_states.insert(new_states.end(), states.end() - ptrdiff_t(width), states.end());
        new_hidden.insert(new_hidden.end(), hidden.end() - ptrdiff_t(units), hidden.end());
        for (size_t number = 0; number < active.size(); ++number) {
            size_t size = blocks[number].hidden;
            Numbers along;
            along.reserve(segments.size() * size);
            for (size_t at : segments)
                along.insert(along.end(), active[number].begin() + ptrdiff_t(at * size), active[number].begin() + ptrdiff_t((at + 1) * size));
            active[number] = std::move(along);
        }
        when = std::move(new_when), states = std::move(new_states), hidden = std::move(new_hidden);
    }

    Numbers mean_gradient(const Numbers& start, const Numbers& end) const {
        Numbers when{0.0, 1.0}, states(start), hidden;
        states.insert(states.end(), end.begin(), end.end());
        std::vector<Numbers> active;
        for (size_t number = 0; number < blocks.size(); ++number) {
            const Block& block = blocks[number];
            size_t units = block.hidden;
            hidden.resize(when.size() * units);
            for (size_t at = 0; at < when.size(); ++at) into_hidden(block, &states[at * width], &hidden[at * units]);
            bool last = number + 1 == blocks.size();
            if (!last) refine(units, when, states, hidden, active);
            Numbers share((when.size() - 1) * units);
            for (size_t at = 0; at < share.size(); ++at) {
                double below = hidden[at], above = hidden[at + units];
                share[at] = last ? positive_share(below, above) : below + above > 0.0 ? 1.0 : 0.0;
            }
            active.push_back(std::move(share));
            if (!last)
                for (size_t at = 0; at < when.size(); ++at) out_of_hidden(block, &hidden[at * units], &states[at * width]);
        }
        Numbers total(width, 0.0), slope(width), back;
        for (size_t at = 0; at + 1 < when.size(); ++at) {
            slope = head;
            for (size_t number = blocks.size(); number-- > 0;) {
                const Block& block = blocks[number];
                const double* share = &active[number][at * block.hidden];
                back.assign(block.hidden, 0.0);
                add_products(back.data(), block.outer.data(), slope.data(), width, block.hidden);
                for (size_t unit = 0; unit < block.hidden; ++unit) back[unit] = share[unit] * back[unit];
                add_products(slope.data(), block.inner.data(), back.data(), block.hidden, width);
            }
            double length = when[at + 1] - when[at];
            for (size_t i = 0; i < width; ++i) total[i] += length * slope[i];
        }
        return total;
    }

    Numbers parts(const Numbers& before, const Numbers& after) const {
        Numbers slope = mean_gradient(state_of(before), state_of(after)), found(inputs.size(), 0.0);
        for (size_t at = 0; at < inputs.size(); ++at)
            for (size_t i = 0; i < width; ++i) found[at] += (after[at * width + i] - before[at * width + i]) * slope[i];
        return found;
    }

public:
    Network(const std::vector<size_t>& starts, const std::vector<Doubles>& knots, const nb::list& codes, const nb::list& finds, const Doubles& rows_, const Doubles& steps_, const Doubles& means_, const Doubles& bias_, const std::vector<size_t>& hidden,
            const std::vector<Doubles>& weights, const std::vector<Doubles>& biases, const Doubles& head_, double intercept_)
        : width(bias_.size()), intercept(intercept_) {
        if (width == 0 || weights.size() != 2 * hidden.size() || biases.size() != weights.size() || means_.size() != starts.size() * width ||
            knots.size() != starts.size() || codes.size() != starts.size() || finds.size() != starts.size())
            throw nb::value_error("weights of another shape");
        for (size_t at = 0; at < starts.size(); ++at) {
            Input one{starts[at], 0, copied(knots[at], knots[at].size()), codes[at], finds[at]};
            one.size = one.codes.is_none() ? one.knots.size() : nb::len(one.codes);
            inputs.push_back(std::move(one));
        }
        rows = copied(rows_, rows_.size()), steps = copied(steps_, rows_.size());
        means = copied(means_, means_.size()), bias = copied(bias_, width), head = copied(head_, width);
        for (size_t at = 0; at < hidden.size(); ++at) {
            Block one;
            one.hidden = hidden[at];
            one.inner = copied(weights[2 * at], one.hidden * width), one.inner_bias = copied(biases[2 * at], one.hidden);
            one.outer = copied(weights[2 * at + 1], width * one.hidden), one.outer_bias = copied(biases[2 * at + 1], width);
            one.inner_turned = turned(one.inner, one.hidden, width), one.outer_turned = turned(one.outer, width, one.hidden);
            blocks.push_back(std::move(one));
        }
        mean_margin = margin_of(state_of(means));
    }

    double expected() const { return mean_margin; }

    double margin(nb::handle row) const { return margin_of(state_of(vectors(row))); }

    Numbers contributions(nb::handle row) const { return parts(means, vectors(row)); }

    Numbers contributions_from(nb::handle best, nb::handle row) const { return parts(vectors(best), vectors(row)); }
};

}  // namespace

NB_MODULE(_compiled, module) {
    nb::class_<Network>(module, "Network")
        .def(nb::init<const std::vector<size_t>&, const std::vector<Doubles>&, const nb::list&, const nb::list&, const Doubles&, const Doubles&, const Doubles&, const Doubles&, const std::vector<size_t>&, const std::vector<Doubles>&,
                      const std::vector<Doubles>&, const Doubles&, double>(),
             nb::arg("starts"), nb::arg("knots"), nb::arg("codes"), nb::arg("finds"), nb::arg("rows"), nb::arg("steps"), nb::arg("means"), nb::arg("bias"), nb::arg("hidden"), nb::arg("weights"), nb::arg("biases"),
             nb::arg("head"), nb::arg("intercept"))
        .def_prop_ro("expected", &Network::expected)
        .def("margin", &Network::margin, nb::arg("row"))
        .def("contributions", &Network::contributions, nb::arg("row"))
        .def("contributions_from", &Network::contributions_from, nb::arg("best"), nb::arg("row"));
}
