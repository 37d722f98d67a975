// The twin of tables.py: same margins, points and contributions to the last bit. Sums run in the order of the document.
//
// Every index is checked when it is taken over, although validation has done so: this file is one that can crash a
// process.

#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "tandem/decide/models/rows.hpp"

namespace tandem {

class Tables {
public:
    // `base_points` is None for a model without a printed card. Inputs follow, one per group, then pairs.
    Tables(double intercept, nb::object base_points, Ints groups, nb::callable number_of, nb::callable category_text)
        : intercept_(intercept), has_points_(!base_points.is_none()), groups_(groups),
          values_(std::move(number_of), std::move(category_text)) {
        if (has_points_) base_points_ = nb::cast<double>(base_points);
    }

    // One input: a Lookup and a Term of tables.py. `codes` is None for a numeric one.
    void add_input(nb::object codes, Doubles edges, Doubles special_values, Ints special_places, int missing,
                   int unknown, Doubles weights, Doubles offsets, Doubles points) {
        const int places = int(weights.size());
        require(inputs_.size() < groups_.size(), "more inputs than groups");
        require(codes.is_none() || nb::isinstance<nb::dict>(codes), "codes are None or a dict");
        require(offsets.size() == weights.size(), "one offset per place");
        require(points.size() == (has_points_ ? weights.size() : 0), "points per place where there is a card");
        require(missing >= 0 && missing < places && unknown >= 0 && unknown < places, "place outside the table");
        require(edges.size() < weights.size(), "more edges than places");
        for (size_t i = 1; i < edges.size(); ++i) {
            require(edges.data()[i - 1] < edges.data()[i], "edges that do not rise");
        }
        require(special_values.size() == special_places.size(), "one place per special value");
        Input input{std::move(codes), missing,         unknown,         copied(edges),
                    {},               copied(weights), copied(offsets), copied(points)};
        for (size_t i = 0; i < special_values.size(); ++i) {
            const int place = special_places.data()[i];
            require(place >= 0 && place < places, "special value outside the table");
            input.specials.push_back({special_values.data()[i], place});
        }
        inputs_.push_back(std::move(input));
    }

    // One pair of inputs: a Joint of tables.py.
    void add_pair(int first, int second, Ints rows, Ints columns, Matrix weights, Matrix halves) {
        const int inputs = int(inputs_.size());
        require(first >= 0 && first < inputs && second >= 0 && second < inputs, "a pair outside the inputs");
        require(halves.shape(0) == weights.shape(0) && halves.shape(1) == weights.shape(1), "one half per cell");
        Pair pair{first, second, {}, {}, {}, {}};
        const size_t width = weights.shape(1), cells = weights.shape(0) * width;
        for (const int row : checked(rows, inputs_[first], weights.shape(0))) {
            pair.starts.push_back(size_t(row) * width);
        }
        pair.columns = checked(columns, inputs_[second], width);
        pair.weights.assign(weights.data(), weights.data() + cells);
        pair.halves.assign(halves.data(), halves.data() + cells);
        pairs_.push_back(std::move(pair));
    }

    // Margin and points of one row of Python values; points are None without a card.
    nb::tuple measure(nb::handle row) const {
        Room<int> found(inputs_.size());
        places(row, found.data());
        double margin = intercept_, points = base_points_;
        for (size_t i = 0; i < inputs_.size(); ++i) margin += inputs_[i].weights[found[i]];
        for (const Pair& pair : pairs_) margin += pair.weights[pair.cell(found.data())];
        if (!has_points_) return nb::make_tuple(margin, nb::none());
        for (size_t i = 0; i < inputs_.size(); ++i) points += inputs_[i].points[found[i]];
        return nb::make_tuple(margin, points);
    }

    nb::list contributions(nb::handle row) const {
        Room<double> parts(inputs_.size());
        explain(row, parts.data());
        return listed(parts.data(), int(inputs_.size()));
    }

    nb::list adverse(nb::handle row, int top) const {
        Room<double> parts(inputs_.size());
        explain(row, parts.data());
        return groups_.ranked(parts.data(), top);
    }

    void add_contributions(nb::handle row, double scale, Ints positions, nb::list totals) const {
        Room<double> parts(inputs_.size());
        explain(row, parts.data());
        add_scaled(parts.data(), int(inputs_.size()), scale, positions, totals);
    }

private:
    struct Input {
        nb::object codes;
        int missing, unknown;
        std::vector<double> edges;
        std::vector<std::pair<double, int>> specials;
        std::vector<double> weights, offsets, points;  // by place
    };

    struct Pair {
        int first, second;
        std::vector<size_t> starts;  // by place of the first: where its row of cells starts
        std::vector<int> columns;    // by place of the second
        std::vector<double> weights, halves;

        size_t cell(const int* found) const { return starts[found[first]] + size_t(columns[found[second]]); }
    };

    static std::vector<double> copied(const Doubles& from) { return {from.data(), from.data() + from.size()}; }

    // `from` by place of `input`, each below `limit`.
    static std::vector<int> checked(const Ints& from, const Input& input, size_t limit) {
        require(from.size() == input.weights.size(), "one row or column per place");
        for (size_t i = 0; i < from.size(); ++i) {
            require(from.data()[i] >= 0 && size_t(from.data()[i]) < limit, "row or column outside the table");
        }
        return {from.data(), from.data() + from.size()};
    }

    void places(nb::handle row, int* found) const {
        require(inputs_.size() == groups_.size(), "fewer inputs than groups");
        each_value(row, int(inputs_.size()), [&](int i, nb::handle item) { found[i] = place(inputs_[i], item); });
    }

    int place(const Input& input, nb::handle item) const {
        if (!input.codes.is_none()) {
            const double code = values_.code(item, input.codes);
            if (code != code) return input.missing;
            // never past the table, whatever became of the dict
            return code >= 0.0 && code < double(input.weights.size()) ? int(code) : input.unknown;
        }
        const double number = values_.number(item.ptr());
        if (number != number) return input.missing;
        for (const auto& [value, at] : input.specials) {
            if (number == value) return at;
        }
        return int(std::upper_bound(input.edges.begin(), input.edges.end(), number) - input.edges.begin());
    }

    void explain(nb::handle row, double* parts) const {
        Room<int> found(inputs_.size());
        places(row, found.data());
        for (size_t i = 0; i < inputs_.size(); ++i) parts[i] = inputs_[i].offsets[found[i]];
        for (const Pair& pair : pairs_) {
            const double half = pair.halves[pair.cell(found.data())];
            parts[pair.first] += half;
            parts[pair.second] += half;
        }
    }

    double intercept_, base_points_ = 0.0;
    bool has_points_;
    Groups groups_;
    Values values_;
    std::vector<Input> inputs_;
    std::vector<Pair> pairs_;
};

}  // namespace tandem
