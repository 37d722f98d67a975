// What every compiled kernel of this room does with a row of Python values: read it as encoding.py does, and rank what
// each input contributed as reasons.py does.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

namespace tandem {

namespace nb = nanobind;

constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN();
constexpr double UNKNOWN = -1.0;  // as in encoding.py

using Ints = nb::ndarray<const int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Matrix = nb::ndarray<const double, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

inline void require(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(what);
}

// Room for the numbers of a row, zeros at first; on the stack for all but very wide models. One per call: reading a
// value may run Python code, which may let another thread in.
template <typename Number>
class Room {
public:
    explicit Room(size_t size) {
        if (size > INLINE) heap_.resize(size);
        std::fill(data(), data() + size, Number());
    }
    Number* data() { return heap_.empty() ? inline_ : heap_.data(); }
    Number& operator[](size_t at) { return data()[at]; }

private:
    static constexpr size_t INLINE = 512;
    Number inline_[INLINE];
    std::vector<Number> heap_;
};

// encoding.py for one value; what has no quick way goes through the functions of that module.
class Values {
public:
    Values(nb::callable number_of, nb::callable category_text)
        : number_of_(std::move(number_of)), category_text_(std::move(category_text)) {}

    // The number of a numeric input; NaN where it is missing.
    double number(PyObject* item) const {
        if (PyFloat_CheckExact(item)) return PyFloat_AS_DOUBLE(item);
        if (item == Py_None) return NOT_A_NUMBER;
        if (PyLong_CheckExact(item) || PyBool_Check(item)) {
            const double value = PyLong_AsDouble(item);
            if (value != -1.0 || !PyErr_Occurred()) return value;
            PyErr_Clear();
        }
        return nb::cast<double>(number_of_(nb::borrow(item)));
    }

    // The code of a categorical input by its dict; NaN where it is missing, UNKNOWN for a text outside the dict.
    double code(nb::handle item, const nb::object& table) const {
        if (item.is_none()) return NOT_A_NUMBER;
        nb::object text = PyUnicode_CheckExact(item.ptr()) ? nb::borrow(item) : category_text_(item);
        if (text.is_none()) return NOT_A_NUMBER;
        PyObject* found = PyDict_GetItemWithError(table.ptr(), text.ptr());
        if (found == nullptr) {
            if (PyErr_Occurred()) throw nb::python_error();
            return UNKNOWN;
        }
        return PyFloat_AsDouble(found);
    }

private:
    nb::callable number_of_, category_text_;
};

// take(i, value) for each of the `inputs` values of `row`, a sequence of as many.
template <typename Take>
void each_value(nb::handle row, int inputs, const Take& take) {
    PyObject* object = row.ptr();
    if (!PyList_Check(object) && !PyTuple_Check(object)) {
        nb::object list = nb::steal(PySequence_List(object));
        if (!list.is_valid()) throw nb::python_error();
        return each_value(list, inputs, take);
    }
    for (int i = 0; i < inputs; ++i) {
        // looked at anew for each item: reading one may run Python code that shortens the list
        if (PySequence_Fast_GET_SIZE(object) != inputs) throw nb::value_error("another number of values than inputs");
        const nb::object item = nb::borrow(PySequence_Fast_GET_ITEM(object, i));
        take(i, item);
    }
    if (PySequence_Fast_GET_SIZE(object) != inputs) throw nb::value_error("another number of values than inputs");
}

inline nb::list listed(const double* numbers, int count) {
    nb::list result = nb::steal<nb::list>(PyList_New(count));
    if (!result.is_valid()) throw nb::python_error();
    for (int i = 0; i < count; ++i) {
        PyObject* number = PyFloat_FromDouble(numbers[i]);
        if (number == nullptr) throw nb::python_error();
        PyList_SET_ITEM(result.ptr(), i, number);
    }
    return result;
}

// totals[positions[i]] += scale * parts[i]; for blends.
inline void add_scaled(const double* parts, int count, double scale, const Ints& positions, nb::list& totals) {
    require(int(positions.size()) == count, "one position per input");
    for (int i = 0; i < count; ++i) {
        const int32_t at = positions.data()[i];
        require(at >= 0 && size_t(at) < nb::len(totals), "position outside the totals");
        totals[at] = nb::cast<double>(totals[at]) + scale * parts[i];
    }
}

// reasons.adverse_groups: sums per group in whole 1e-9, the positive ones largest first.
class Groups {
public:
    explicit Groups(const Ints& groups) : groups_(groups.data(), groups.data() + groups.size()) {
        for (int group : groups_) {
            require(group >= 0 && size_t(group) < groups_.size(), "group outside the inputs");
            count_ = std::max(count_, group + 1);
        }
    }

    size_t size() const { return groups_.size(); }

    // [(input that added most, sum in 1e-9), ...]
    nb::list ranked(const double* parts, int top) const {
        Room<double> sum(count_), most(count_);
        Room<int> leader(count_), order(count_);
        std::fill(leader.data(), leader.data() + count_, -1);
        for (size_t i = 0; i < groups_.size(); ++i) {
            const int group = groups_[i];
            const double part = std::nearbyint(parts[i] * 1e9);
            sum[group] += part;
            if (leader[group] < 0 || part > most[group]) {
                most[group] = part;
                leader[group] = int(i);
            }
        }
        int raised = 0;
        for (int group = 0; group < count_; ++group) {
            if (sum[group] > 0.0) order[raised++] = group;
        }
        const int kept = std::min(raised, std::max(top, 0));
        std::partial_sort(order.data(), order.data() + kept, order.data() + raised, [&](int a, int b) {
            return sum[a] > sum[b] || (sum[a] == sum[b] && leader[a] < leader[b]);
        });
        nb::list result;
        for (int i = 0; i < kept; ++i) result.append(nb::make_tuple(leader[order[i]], sum[order[i]]));
        return result;
    }

private:
    std::vector<int> groups_;
    int count_ = 0;
};

// The same for contributions that were computed elsewhere.
class Ranking {
public:
    explicit Ranking(Ints groups) : groups_(groups) {}

    nb::list operator()(nb::list contributions, int top) const {
        require(nb::len(contributions) == groups_.size(), "one contribution per input");
        Room<double> parts(groups_.size());
        size_t at = 0;
        for (nb::handle item : contributions) {
            require(at < groups_.size(), "one contribution per input");
            parts[at++] = nb::cast<double>(item);
        }
        return groups_.ranked(parts.data(), top);
    }

private:
    Groups groups_;
};

}  // namespace tandem
